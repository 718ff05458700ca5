//! The widest loop, and pixels are asked for two pages before their turn: the prefetchers of a core
//! stop where a page does.

use crate::avx512;
#[cfg(target_arch = "x86_64")]
use crate::{maddubs::avx2, prefetch::AHEAD};

/// Pixels from which a frame is asked for ahead of its turn: those of 1 MiB, where it begins to
/// leave a second-level cache. Below, asking is an instruction too many.
#[cfg(target_arch = "x86_64")]
const FAR: usize = 256 << 10;

/// Writes the BT.709 luma of each RGBA pixel, within 1 of the exact value.
pub fn to_gray(rgba: &[u8], gray: &mut [u8]) {
    #[cfg(target_arch = "x86_64")]
    if gray.len() >= FAR {
        if avx512::vectors::available() {
            // SAFETY: the processor has what `available` asks for.
            return unsafe { avx512::vectors::to_gray::<AHEAD>(rgba, gray) };
        } else if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2.
            return unsafe { avx2::to_gray::<AHEAD>(rgba, gray) };
        }
    }
    avx512::to_gray(rgba, gray);
}

/// Whether this processor has what the rung is about.
///
/// # Errors
/// Says that it does not.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        return Ok(());
    }
    Err("this processor has no AVX2".to_owned())
}
