//! The two passes of `naive`, with additions that may be done in any order: `algebraic_add`,
//! unstable in Rust 1.95. The compiler chooses how many sums to keep.

use crate::statistics::Statistics;

/// Mean and variance of the samples.
pub fn statistics(samples: &[f64]) -> Statistics {
    let mean = sum(samples, |sample| sample) / samples.len() as f64;
    let squares = sum(samples, |sample| (sample - mean).powi(2));
    Statistics::new(samples.len(), mean, squares)
}

/// The sum of `term` over the samples. The terms themselves are computed as they are written: who
/// may reorder within a squared deviation as well may multiply it out, and that is the textbook
/// formula.
fn sum(samples: &[f64], term: impl Fn(f64) -> f64) -> f64 {
    samples.iter().fold(0.0, |sum: f64, &sample| sum.algebraic_add(term(sample)))
}
