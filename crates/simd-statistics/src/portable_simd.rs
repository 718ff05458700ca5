//! The blocks in `std::simd`, unstable in Rust 1.95: one loop, compiled once for each width of
//! register, and none of the intrinsics.

use crate::moments::{GUESS, Moments, by_blocks};
use crate::statistics::Statistics;
use std::simd::{StdFloat, prelude::*};

/// Mean and variance of the samples.
pub fn statistics(samples: &[f64]) -> Statistics {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { with_avx2(samples) };
    }
    anywhere(samples)
}

/// Registers of 256 bits, two to an `f64x8`.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
pub(crate) fn with_avx2(samples: &[f64]) -> Statistics {
    by_blocks(samples, moments::<true>)
}

/// What the build may rely on: SSE2 or NEON, four registers to an `f64x8`.
pub(crate) fn anywhere(samples: &[f64]) -> Statistics {
    by_blocks(samples, moments::<{ cfg!(target_arch = "aarch64") }>)
}

/// The moments of a block that is not empty. `mul_add` is one instruction if the target is `FUSED`,
/// else a call for each lane.
#[inline(always)] // so that it is compiled with the features of its caller
fn moments<const FUSED: bool>(block: &[f64], origin: f64) -> Moments {
    let (rows, rest) = block.as_chunks::<16>();
    let shift = match block.as_chunks::<GUESS>().0 {
        [guess, ..] => guess.iter().sum::<f64>() / GUESS as f64,
        [] => block[0],
    };
    let mut sums = [f64x8::splat(0.0); 2];
    let mut squares = [f64x8::splat(0.0); 2];
    for row in rows {
        for (lane, eight) in row.as_chunks::<8>().0.iter().enumerate() {
            let deviations = f64x8::from_array(*eight) - f64x8::splat(shift);
            sums[lane] += deviations;
            squares[lane] = if FUSED {
                deviations.mul_add(deviations, squares[lane])
            } else {
                deviations * deviations + squares[lane]
            };
        }
    }
    let (mut sum, mut square) =
        ((sums[0] + sums[1]).reduce_sum(), (squares[0] + squares[1]).reduce_sum());
    for sample in rest {
        let deviation = sample - shift;
        sum += deviation;
        square += deviation * deviation;
    }
    Moments::shifted(block.len(), shift, sum, square, origin)
}
