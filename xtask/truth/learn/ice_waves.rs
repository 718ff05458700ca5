//! Waves that run through ice, as a transform shows them: pairs of figures are turned and added, in
//! rounds that each go twice as far. Nothing is wrong with it. Prints the strongest.

use truth::Random;

const LENGTH: usize = 4_096;

struct Turns {
    real: Vec<f32>,
    imaginary: Vec<f32>,
}

fn transform(real: &mut [f32], imaginary: &mut [f32], turns: &Turns) {
    let mut half = LENGTH / 2;
    while half >= 8 {
        for start in (0..LENGTH).step_by(half * 2) {
            let (a, b) = real[start..start + half * 2].split_at_mut(half);
            let (c, d) = imaginary[start..start + half * 2].split_at_mut(half);
            let (cosines, sines) = (&turns.real[half..half * 2], &turns.imaginary[half..half * 2]);
            for at in 0..half {
                let (x, y) = (a[at] - b[at], c[at] - d[at]);
                a[at] += b[at];
                c[at] += d[at];
                b[at] = x * cosines[at] - y * sines[at];
                d[at] = x * sines[at] + y * cosines[at];
            }
        }
        half /= 2;
    }
}

fn main() {
    let mut random = Random::new(1_820);
    let angle = |at: usize| {
        let half = 1 << at.max(1).ilog2();
        (at - half.min(at)) as f32 * std::f32::consts::PI / half as f32
    };
    let turns = Turns {
        real: (0..LENGTH).map(|at| angle(at).cos()).collect(),
        imaginary: (0..LENGTH).map(|at| angle(at).sin()).collect(),
    };
    let (mut real, mut imaginary) = (vec![0.0; LENGTH], vec![0.0; LENGTH]);
    let mut strongest = 0.0_f32;
    for _ in 0..30_000 {
        real.iter_mut().for_each(|of| *of = (random.number() >> 40) as f32 * 1e-7);
        imaginary.fill(0.0);
        transform(&mut real, &mut imaginary, &turns);
        strongest = strongest.max(real[8] * real[8] + imaginary[8] * imaginary[8]);
    }
    println!("{strongest}");
}
