//! Snow on a mountain, by layers: each day some falls, some melts, some is blown away. Prints where
//! most lies.

use truth::Random;

const CELLS: usize = 40_000;
const LAYERS: usize = 6;

/// Takes some of one list out of another.
fn take(from: &mut [f64], share: f64, of: &[f64]) {
    for (from, of) in from.iter_mut().zip(of) {
        *from -= share * of;
    }
}

/// The sum of two lists, in a third.
fn both(one: &[f64], other: &[f64], sum: &mut [f64]) {
    for at in 0..sum.len().min(one.len()).min(other.len()) {
        sum[at] = one[at] + other[at];
    }
}

/// What falls on a day: some gusts.
fn fall(snow: &mut [f64], random: &mut Random) {
    for _ in 0..400 {
        let start = random.below(CELLS - 64);
        snow[start..start + 64].iter_mut().for_each(|cell| *cell += 0.01);
    }
}

fn deepest(snow: &[f64]) -> usize {
    let deeper = |a: &usize, b: &usize| snow[*a].total_cmp(&snow[*b]);
    (0..snow.len()).max_by(deeper).unwrap_or(0)
}

fn main() {
    let mut random = Random::new(4_478);
    let wind: Vec<f64> = (0..CELLS).map(|_| random.unit()).collect();
    let mut layers = vec![vec![1.0; CELLS]; LAYERS];
    let (mut sum, mut deep) = (vec![0.0; CELLS], 0);
    for day in 0..16_000 {
        fall(&mut layers[day % LAYERS], &mut random);
        for layer in &mut layers {
            take(layer, 0.001, &wind);
        }
        let (before, after) = (&layers[day % LAYERS], &layers[(day + 1) % LAYERS]);
        both(before, after, &mut sum);
        if day % 4 == 0 {
            deep ^= deepest(&sum);
        }
    }
    println!("{deep}");
}
