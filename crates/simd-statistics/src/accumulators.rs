//! Eight sums instead of one: no addition waits for the one before it, and the compiler may put
//! neighbours into one register.

use crate::statistics::Statistics;

/// Mean and variance of the samples.
pub fn statistics(samples: &[f64]) -> Statistics {
    let mean = sum(samples, |sample| sample) / samples.len() as f64;
    let squares = sum(samples, |sample| (sample - mean).powi(2));
    Statistics::new(samples.len(), mean, squares)
}

/// The sum of `term` over the samples, in eight lanes that meet at the end.
fn sum(samples: &[f64], term: impl Fn(f64) -> f64) -> f64 {
    let (rows, rest) = samples.as_chunks::<8>();
    let mut lanes = [0.0; 8];
    for row in rows {
        for (lane, &sample) in lanes.iter_mut().zip(row) {
            *lane += term(sample);
        }
    }
    lanes.iter().sum::<f64>() + rest.iter().map(|&sample| term(sample)).sum::<f64>()
}
