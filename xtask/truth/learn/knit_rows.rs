//! Patterns of knitting: rows of weights are applied to rows of stitches, table by table. Prints
//! how tight it is.

use truth::Random;

/// A table of so many rows and columns.
struct Table {
    side: usize,
    weights: Vec<f32>,
}

impl Table {
    fn knit(&self, other: &Table, into: &mut Table) {
        let side = self.side;
        for row in 0..side {
            for column in 0..side {
                into.weights[row * side + column] = (0..side)
                    .map(|at| self.weights[row * side + at] * other.weights[at * side + column])
                    .sum();
            }
        }
    }
}

fn yarn(random: &mut Random, yarn: &mut [f32]) -> f32 {
    for place in yarn.iter_mut() {
        *place = *place * 0.5 + (random.number() >> 40) as f32 * 1e-8;
    }
    yarn[3]
}

fn main() {
    let side = 250 + std::env::args().count();
    let mut random = Random::new(1_589);
    let mut table = |_: usize| Table {
        side,
        weights: (0..side * side).map(|_| random.unit() as f32 * 0.007).collect(),
    };
    let (one, mut other, mut into) = (table(0), table(1), table(2));
    let (mut random, mut strand, mut tight) = (Random::new(2), vec![0.0; 5_000], 0.0);
    for _ in 0..60 {
        one.knit(&other, &mut into);
        std::mem::swap(&mut other, &mut into);
        for _ in 0..500 {
            tight += yarn(&mut random, &mut strand);
        }
    }
    println!("{tight} {}", other.weights[7]);
}
