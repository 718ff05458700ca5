//! The widest loop, and memory is asked for before its turn comes.
//!
//! A core's prefetchers follow a stream within a page and must find it anew in the next. Asking two
//! pages ahead bridges that gap. It begins well beyond the first-level cache: in a short array most
//! of what is asked for lies beyond its end.
//! Rejected: starting vectors at a cache line, which came to the same in the near caches.

use crate::blocks;
use crate::statistics::Statistics;
#[cfg(target_arch = "x86_64")]
use crate::{avx512::avx512f, fma::avx2};

/// Samples from which on registers of 512 bits save more than folding their lanes costs.
#[cfg(target_arch = "x86_64")]
const LONG: usize = 256;

/// Samples that are asked for in advance: two pages.
#[cfg(target_arch = "x86_64")]
pub(crate) const AHEAD: usize = 1024;

/// Samples from which on memory is asked ahead: 256 KiB.
#[cfg(target_arch = "x86_64")]
const FAR: usize = 32 << 10;

/// Mean and variance of the samples.
pub fn statistics(samples: &[f64]) -> Statistics {
    widest(samples, true)
}

/// By the widest registers that the processor has and so many samples are worth; `asks` for memory
/// where it is far.
#[cfg_attr(not(target_arch = "x86_64"), expect(unused_variables, reason = "nothing to choose"))]
pub(crate) fn widest(samples: &[f64], asks: bool) -> Statistics {
    #[cfg(target_arch = "x86_64")]
    if let Some(vectors) = vectors(samples.len(), asks && samples.len() >= FAR) {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { vectors(samples) };
    }
    blocks::statistics(samples)
}

/// The loop for so many samples, if this processor has one.
#[cfg(target_arch = "x86_64")]
fn vectors(samples: usize, ahead: bool) -> Option<unsafe fn(&[f64]) -> Statistics> {
    let wide = samples >= LONG && is_x86_feature_detected!("avx512f");
    Some(match (wide, ahead) {
        (true, true) => avx512f::statistics::<AHEAD>,
        (true, false) => avx512f::statistics::<0>,
        (false, true) if avx2::available() => avx2::statistics::<AHEAD>,
        (false, false) if avx2::available() => avx2::statistics::<0>,
        _ => return None,
    })
}

/// Whether this processor has what the rung is about.
///
/// # Errors
/// Says that it does not.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if avx2::available() {
        return Ok(());
    }
    Err("this processor has no AVX2 with FMA".to_owned())
}
