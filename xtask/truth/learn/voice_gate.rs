//! Lays a voice over music, and makes the music softer where somebody speaks.

use truth::Random;

const BLOCK: usize = 2048;
const BLOCKS: usize = 400_000;

struct Desk {
    voice: Vec<f32>,
    music: Vec<f32>,
    mix: Vec<f32>,
}

/// One number for how loud a block is.
fn loudness(block: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    for eight in block.chunks_exact(8) {
        for (sum, sample) in sums.iter_mut().zip(eight) {
            *sum += sample * sample;
        }
    }
    sums.iter().sum::<f32>().sqrt()
}

fn mix(desk: &mut Desk, gain: f32, samples: usize) {
    for at in 0..samples {
        desk.mix[at] = desk.voice[at] + desk.music[at] * gain;
    }
}

fn main() {
    let mut random = Random::new(84);
    let mut block = || (0..BLOCK).map(|_| random.unit() as f32 - 0.5).collect::<Vec<f32>>();
    let mut desk = Desk { voice: block(), music: block(), mix: block() };
    let mut loudest = 0.0_f32;
    for number in 0..BLOCKS {
        let gain = if loudness(&desk.voice) > 0.1 { 0.3 } else { 1.0 };
        mix(&mut desk, gain, BLOCK - number % 3);
        loudest = loudest.max(loudness(&desk.mix));
        desk.voice[number % BLOCK] *= -0.99;
    }
    println!("{loudest:.4}");
}
