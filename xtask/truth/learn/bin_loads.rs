//! Weighs what comes off two belts: each belt's thread counts pieces by weight, all in one table.

use std::thread;

use truth::Random;

const BELTS: usize = 2;
const PIECES: usize = 200_000_000;

/// A belt's row of the table.
#[derive(Clone, Copy, Default)]
struct Row {
    light: u64,
    heavy: u64,
    grams: u64,
}

fn weigh(row: &mut Row, seed: u64) {
    let mut random = Random::new(seed);
    let mut weights = [0_u32; 256];
    weights.iter_mut().for_each(|weight| *weight = random.below(4000) as u32);
    for piece in 0..PIECES {
        let weight = weights[(piece ^ piece >> 7) & 255];
        let sum = if weight < 1500 { &mut row.light } else { &mut row.heavy };
        *sum += 1;
        row.grams += u64::from(weight);
    }
}

fn main() {
    let mut table = [Row::default(); BELTS];
    thread::scope(|scope| {
        for (row, seed) in table.iter_mut().zip(91..) {
            scope.spawn(move || weigh(row, seed));
        }
    });
    for row in table {
        println!("{} {} {}", row.light, row.heavy, row.grams);
    }
}
