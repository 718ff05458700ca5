//! Cleans recordings: a filter takes the hum out, a limiter the peaks, and a meter tells how loud
//! each part is. What a filter gives depends on what it gave before, so it cannot be split.

use truth::Random;

/// A filter of second order.
struct Filter {
    ahead: [f64; 3],
    back: [f64; 2],
    given: [f64; 2],
    taken: [f64; 2],
}

impl Filter {
    fn run(&mut self, samples: &mut [f64]) {
        let [a, b, c] = self.ahead;
        let [d, e] = self.back;
        let ([mut y1, mut y2], [mut x1, mut x2]) = (self.given, self.taken);
        for sample in samples {
            let y = a * *sample + b * x1 + c * x2 - d * y1 - e * y2;
            (x2, x1) = (x1, *sample);
            (y2, y1) = (y1, y);
            *sample = y;
        }
        (self.given, self.taken) = ([y1, y2], [x1, x2]);
    }
}

fn limit(samples: &mut [f64], most: f64) {
    for sample in samples {
        *sample = sample.clamp(-most, most);
    }
}

/// How loud a part is, eight sums side by side.
fn loudness(samples: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (eights, rest) = samples.as_chunks::<8>();
    for eight in eights {
        for (sum, sample) in sums.iter_mut().zip(eight) {
            *sum += sample * sample;
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|sample| sample * sample).sum::<f64>()
}

fn main() {
    let mut random = Random::new(55);
    let recording: Vec<f64> = (0..400_000).map(|_| random.unit() - 0.5).collect();
    let (mut loud, mut part) = (0.0, [0.0; 4_096]);
    for take in 0..900 {
        let ahead = [0.95, -1.8 + f64::from(take) * 1e-5, 0.95];
        let mut filter = Filter { ahead, back: [-1.78, 0.9], given: [0.0; 2], taken: [0.0; 2] };
        for recorded in recording.chunks(4_096) {
            let part = &mut part[..recorded.len()];
            part.copy_from_slice(recorded);
            filter.run(part);
            limit(part, 0.45);
            loud += loudness(part);
        }
    }
    println!("{loud:.5}");
}
