//! The widest loop that the processor has, and memory asked for before its turn comes. A handful of
//! samples is left to `naive`, since all that other rungs prepare costs more.
//!
//! A core's prefetchers follow a stream within a page and must find it anew in the next. Asking a
//! page ahead bridges that gap, and costs nothing where samples are already in a near cache.
//! Rejected: starting vectors at a cache line, which came to the same in the near caches.

use crate::statistics::Statistics;
#[cfg(target_arch = "x86_64")]
use crate::{avx512::avx512f, fma::avx2};
use crate::{blocks, naive};

/// Samples that are over before a vector pays.
const FEW: usize = 8;

/// Samples from which on registers of 512 bits save more than folding their lanes costs.
#[cfg(target_arch = "x86_64")]
const LONG: usize = 256;

/// Samples that are asked for in advance: two pages.
#[cfg(target_arch = "x86_64")]
pub(crate) const AHEAD: usize = 1024;

/// Mean and variance of the samples.
pub fn statistics(samples: &[f64]) -> Statistics {
    if samples.len() < FEW {
        return naive::statistics(samples);
    }
    #[cfg(target_arch = "x86_64")]
    if samples.len() >= LONG && is_x86_feature_detected!("avx512f") {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { avx512f::statistics::<AHEAD>(samples) };
    } else if avx2::available() {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { avx2::statistics::<AHEAD>(samples) };
    }
    blocks::statistics(samples)
}
