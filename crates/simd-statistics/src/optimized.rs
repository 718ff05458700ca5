//! The widest loop that the processor has, and memory asked for before its turn comes. A handful of
//! samples is left to `naive`, since all that other rungs prepare costs more.
//!
//! A core's prefetchers follow a stream within a page and must find it anew in the next. Asking two
//! pages ahead bridges that gap. It begins well beyond the first-level cache: in a short
//! array most of what is asked for lies beyond its end.
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

/// Samples from which on asking ahead pays: 256 KiB.
#[cfg(target_arch = "x86_64")]
const FAR: usize = 32 << 10;

/// Mean and variance of the samples.
pub fn statistics(samples: &[f64]) -> Statistics {
    if samples.len() < FEW {
        return naive::statistics(samples);
    }
    #[cfg(target_arch = "x86_64")]
    if let Some(vectors) = vectors(samples.len()) {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { vectors(samples) };
    }
    blocks::statistics(samples)
}

/// The loop for so many samples, if this processor has one.
#[cfg(target_arch = "x86_64")]
fn vectors(samples: usize) -> Option<unsafe fn(&[f64]) -> Statistics> {
    let wide = samples >= LONG && is_x86_feature_detected!("avx512f");
    Some(match (wide, samples >= FAR) {
        (true, true) => avx512f::statistics::<AHEAD>,
        (true, false) => avx512f::statistics::<0>,
        (false, true) if avx2::available() => avx2::statistics::<AHEAD>,
        (false, false) if avx2::available() => avx2::statistics::<0>,
        _ => return None,
    })
}
