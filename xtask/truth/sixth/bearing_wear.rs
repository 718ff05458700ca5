//! Watches the bearings of a paper mill by how they shake: from the signal of each sensor, window
//! by window, the measures by which wear is told, and the beats that a broken ball makes.

use truth::Random;

const WINDOW: usize = 4096;

fn signal(samples: usize, worn: bool, seed: u64) -> Vec<f64> {
    let mut random = Random::new(seed);
    let period = 310 + random.below(80);
    let sample = |at: usize| {
        let phase = at as f64 * 0.021;
        let turning = phase.sin() * 0.4 + (phase * 2.93).cos() * 0.1;
        let hit = if worn && at % period < 12 { 1.9 - 0.15 * (at % period) as f64 } else { 0.0 };
        9.81 + turning + hit + random.unit() - 0.5
    };
    (0..samples).map(sample).collect()
}

#[derive(Clone, Copy)]
struct Measures {
    mean: f64,
    deviation: f64,
    /// How far the tails reach: three for noise, more for knocks.
    kurtosis: f64,
}

impl Measures {
    fn of(window: &[f64]) -> Measures {
        let count = window.len() as f64;
        let mean = window.iter().sum::<f64>() / count;
        let variance = window.iter().map(|sample| (sample - mean).powi(2)).sum::<f64>() / count;
        let fourth = window.iter().map(|sample| (sample - mean).powi(4)).sum::<f64>() / count;
        Measures { mean, deviation: variance.sqrt(), kurtosis: fourth / (variance * variance) }
    }

    fn is_worn(&self) -> bool {
        self.kurtosis > 2.6 && self.deviation > 0.45
    }
}

/// The signal's outline, of a quarter of its samples: the largest swing among eight.
fn outline(window: &[f64], mean: f64, outline: &mut Vec<f32>) {
    outline.clear();
    for piece in window.as_chunks::<4>().0 {
        let swings = piece.map(|sample| (sample - mean).abs() as f32);
        outline.push(f32::max(f32::max(swings[0], swings[1]), f32::max(swings[2], swings[3])));
    }
}

/// How many samples lie between two knocks, by counting the distances between neighbours.
fn beat(outline: &[f32], threshold: f32, distances: &mut [u32; 256]) -> usize {
    distances.fill(0);
    let mut last: Option<usize> = None;
    for (at, &swing) in outline.iter().enumerate() {
        if swing > threshold && last.is_none_or(|last| at - last > 16) {
            if let Some(last) = last {
                distances[(at - last).min(255)] += 1;
            }
            last = Some(at);
        }
    }
    let best = distances.iter().enumerate().max_by_key(|&(_, count)| count);
    best.map_or(0, |(distance, _)| distance * 4)
}

fn main() {
    let signals: Vec<Vec<f64>> =
        (0..24).map(|sensor| signal(WINDOW * 24, sensor % 5 == 0, sensor)).collect();
    let mut outlined = Vec::with_capacity(WINDOW / 4);
    let mut distances = [0; 256];
    let (mut worn, mut beats, mut drift) = (vec![0; signals.len()], 0, 0.0);
    for _ in 0..130 {
        for (signal, worn) in signals.iter().zip(&mut worn) {
            for window in signal.chunks_exact(WINDOW) {
                let measures = Measures::of(window);
                drift += measures.mean - 9.81;
                outline(window, measures.mean, &mut outlined);
                let threshold = measures.deviation as f32 * 2.5;
                beats += beat(&outlined, threshold, &mut distances);
                *worn += usize::from(measures.is_worn());
            }
        }
    }
    let count = worn.iter().filter(|&&windows| windows > 100).count();
    println!("{count} of {} bearings are worn, {beats}, {drift:.3}", signals.len());
}
