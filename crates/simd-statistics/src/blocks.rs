//! One pass: within a block, sum the deviations from a guess at its mean together with their
//! squares; then merge the blocks. Nothing comes from memory twice.

use crate::moments::{GUESS, Moments, by_blocks};
use crate::statistics::Statistics;
use wide::f64x2;

/// Mean and variance of the samples.
pub fn statistics(samples: &[f64]) -> Statistics {
    by_blocks(samples, moments)
}

/// The moments of a block that is not empty.
fn moments(block: &[f64], origin: f64) -> Moments {
    let (vectors, rest) = block.as_chunks::<2>();
    let (rows, vectors) = vectors.as_chunks::<4>();
    let shift = match block.as_chunks::<GUESS>().0 {
        [guess, ..] => guess.iter().sum::<f64>() / GUESS as f64,
        [] => block[0],
    };
    let mut sums = [f64x2::ZERO; 4];
    let mut squares = [f64x2::ZERO; 4];
    for row in rows {
        for lane in 0..4 {
            let deviations = f64x2::new(row[lane]) - shift;
            sums[lane] += deviations;
            squares[lane] += deviations * deviations;
        }
    }
    for &two in vectors {
        let deviations = f64x2::new(two) - shift;
        sums[0] += deviations;
        squares[0] += deviations * deviations;
    }
    let (mut sum, mut square) = (total(sums), total(squares));
    for sample in rest {
        let deviation = sample - shift;
        sum += deviation;
        square += deviation * deviation;
    }
    Moments::shifted(block.len(), shift, sum, square, origin)
}

/// The sum of all eight lanes.
fn total([a, b, c, d]: [f64x2; 4]) -> f64 {
    ((a + b) + (c + d)).reduce_add()
}
