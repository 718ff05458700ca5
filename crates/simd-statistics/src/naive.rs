//! Two passes in the order of the formula: first the mean, then the squared deviations from it.

use crate::statistics::Statistics;

/// Mean and variance of the samples.
pub fn statistics(samples: &[f64]) -> Statistics {
    let mean = samples.iter().sum::<f64>() / samples.len() as f64;
    let squares = samples.iter().map(|sample| (sample - mean).powi(2)).sum();
    Statistics::new(samples.len(), mean, squares)
}
