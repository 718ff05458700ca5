//! Vectors spelled out with `wide`, whose types are as broad as the processor that the crate was
//! built for: in a portable build for x86-64 an `f64x4` is two registers of 128 bits, whatever the
//! machine has.

use crate::statistics::Statistics;
use wide::f64x4;

/// Mean and variance of the samples.
pub fn statistics(samples: &[f64]) -> Statistics {
    let mean = sum(samples, |samples| samples) / samples.len() as f64;
    let squares = sum(samples, |samples| {
        let deviations = samples - mean;
        deviations * deviations
    });
    Statistics::new(samples.len(), mean, squares)
}

/// The sum of `term` over the samples, in sixteen lanes that meet at the end.
fn sum(samples: &[f64], term: impl Fn(f64x4) -> f64x4) -> f64 {
    let (rows, rest) = samples.as_chunks::<16>();
    let mut lanes = [f64x4::ZERO; 4];
    for row in rows {
        for (lanes, &samples) in lanes.iter_mut().zip(row.as_chunks::<4>().0) {
            *lanes += term(f64x4::new(samples));
        }
    }
    let rest = rest.iter().map(|&sample| term(f64x4::splat(sample)).to_array()[0]);
    lanes.into_iter().sum::<f64x4>().reduce_add() + rest.sum::<f64>()
}
