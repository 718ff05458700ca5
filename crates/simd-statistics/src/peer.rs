//! `ndarray` at its best: a sum and a dot product with eight accumulators each, the deviations in
//! pieces that fit the first-level cache. Its own `var` is Welford's recurrence, which divides once
//! a sample.

use crate::statistics::Statistics;
use ndarray::{ArrayView1, Axis};

/// Mean and variance of the samples.
pub fn statistics(samples: &[f64]) -> Statistics {
    let samples = ArrayView1::from(samples);
    let mean = samples.mean().unwrap_or(f64::NAN);
    let squares = samples
        .axis_chunks_iter(Axis(0), 2048)
        .map(|chunk| {
            let deviations = &chunk - mean;
            deviations.dot(&deviations)
        })
        .sum();
    Statistics::new(samples.len(), mean, squares)
}
