//! Finds the partials of church bells: the spectrum of each stroke, moment by moment, its strongest
//! peaks, and how fast they fade.

use std::f32::consts::TAU;

use truth::Random;

const SIZE: usize = 2048;
const PARTIALS: usize = 6;

#[derive(Clone, Copy, Default)]
struct Complex {
    re: f32,
    im: f32,
}

/// What a transform of this size needs: its order of places and its roots, stage by stage.
struct Transform {
    places: Vec<u16>,
    roots: Vec<Complex>,
    shape: Vec<f32>,
}

impl Transform {
    fn new() -> Transform {
        let bits = SIZE.ilog2();
        let place = |at: usize| (at as u16).reverse_bits() >> (16 - bits);
        let mut roots = Vec::with_capacity(SIZE);
        let mut half = 1;
        while half < SIZE {
            roots.extend((0..half).map(|at| {
                let (im, re) = (-TAU * at as f32 / (2 * half) as f32).sin_cos();
                Complex { re, im }
            }));
            half *= 2;
        }
        let shape = |at: usize| 0.5 - 0.5 * (TAU * at as f32 / SIZE as f32).cos();
        Transform {
            places: (0..SIZE).map(place).collect(),
            roots,
            shape: (0..SIZE).map(shape).collect(),
        }
    }

    /// The strength of each frequency in a piece of sound.
    fn strengths(&self, sound: &[f32], room: &mut [Complex], strengths: &mut [f32]) {
        for ((slot, &place), _) in room.iter_mut().zip(&self.places).zip(0..SIZE) {
            let at = usize::from(place);
            *slot = Complex { re: sound[at] * self.shape[at], im: 0.0 };
        }
        let mut roots = self.roots.as_slice();
        let mut half = 1;
        while half < SIZE {
            let (stage, later) = roots.split_at(half);
            for block in room.chunks_exact_mut(2 * half) {
                let (low, high) = block.split_at_mut(half);
                for ((low, high), root) in low.iter_mut().zip(high).zip(stage) {
                    let turned = Complex {
                        re: high.re * root.re - high.im * root.im,
                        im: high.re * root.im + high.im * root.re,
                    };
                    *high = Complex { re: low.re - turned.re, im: low.im - turned.im };
                    *low = Complex { re: low.re + turned.re, im: low.im + turned.im };
                }
            }
            roots = later;
            half *= 2;
        }
        for (strength, value) in strengths.iter_mut().zip(&*room) {
            *strength = value.re * value.re + value.im * value.im;
        }
    }
}

fn stroke(bell: u64, samples: usize) -> Vec<f32> {
    let mut random = Random::new(bell);
    let prime = 0.06 + 0.04 * random.unit() as f32;
    let ratios = [0.5, 1.0, 1.2, 1.5, 2.0, 2.67];
    // Each partial turns by a fixed angle and fades by a fixed part from sample to sample.
    let mut partials = ratios.map(|ratio| {
        let (sin, cos) = (prime * ratio).sin_cos();
        let fade = 1.0 - 0.000_05 * ratio * (1.0 + random.unit() as f32);
        (Complex { re: 1.0, im: 0.0 }, Complex { re: cos * fade, im: sin * fade })
    });
    let sample = |_| {
        let mut sum = (random.unit() as f32 - 0.5) * 0.1;
        for (value, turn) in &mut partials {
            *value = Complex {
                re: value.re * turn.re - value.im * turn.im,
                im: value.re * turn.im + value.im * turn.re,
            };
            sum += value.re;
        }
        sum
    };
    (0..samples).map(sample).collect()
}

/// The strongest peaks, by the places of their frequencies.
fn peaks(strengths: &[f32]) -> [usize; PARTIALS] {
    let mut best = [(0.0, 0); PARTIALS];
    for (at, near) in strengths.windows(3).enumerate() {
        let [before, here, after] = *near else { continue };
        if here > best[PARTIALS - 1].0 && here > before && here >= after {
            best[PARTIALS - 1] = (here, at + 1);
            best.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        }
    }
    best.map(|(_, at)| at)
}

fn main() {
    let transform = Transform::new();
    let mut room = vec![Complex::default(); SIZE];
    let mut strengths = vec![0.0; SIZE / 2];
    let (mut lines, mut fading) = ([0u64; PARTIALS], 0.0);
    for bell in 0..170 {
        let sound = stroke(bell, 160_000);
        let mut last = 0.0f32;
        for start in (0..sound.len() - SIZE).step_by(SIZE / 8) {
            transform.strengths(&sound[start..start + SIZE], &mut room, &mut strengths);
            for (line, peak) in lines.iter_mut().zip(peaks(&strengths)) {
                *line += peak as u64;
            }
            let strength: f32 = strengths.iter().copied().fold(0.0, f32::max);
            fading += f64::from(f32::max(last / strength.max(1e-3), 1.0).ln());
            last = strength;
        }
    }
    println!("{lines:?}, {fading:.1}");
}
