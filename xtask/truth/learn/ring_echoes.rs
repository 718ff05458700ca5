//! Echoes in a bell: two recordings are mixed into a third, sample by sample, and faded. Prints the
//! loudest.

use truth::Random;

const SAMPLES: usize = 24_000;

struct Mixer {
    left: Vec<f32>,
    right: Vec<f32>,
    out: Vec<f32>,
}

impl Mixer {
    fn mix(&mut self, loud: f32, soft: f32) {
        let pairs = self.left.iter().zip(&self.right);
        for (out, (left, right)) in self.out.iter_mut().zip(pairs) {
            *out = left * loud + right * soft;
        }
    }

    fn fade(&mut self) {
        for (left, out) in self.left.iter_mut().zip(&self.out) {
            *left = 0.7 * *left + 0.3 * out;
        }
    }
}

fn strike(samples: &mut [f32], random: &mut Random) {
    for _ in 0..2_000 {
        let at = random.below(samples.len());
        samples[at] += 0.5;
    }
}

fn main() {
    let mut random = Random::new(1_568);
    let new = || vec![0.1_f32; SAMPLES];
    let mut mixer = Mixer { left: new(), right: new(), out: new() };
    let mut loudest = 0.0_f32;
    for turn in 0..60_000 {
        strike(&mut mixer.right, &mut random);
        for _ in 0..4 {
            mixer.mix(0.6, 0.3 + (turn % 10) as f32 * 0.01);
            mixer.fade();
        }
        loudest = loudest.max(mixer.out[turn % SAMPLES]);
    }
    println!("{loudest}");
}
