//! The same source as `branch_free`, compiled a second time for AVX2 and entered where the
//! processor has it.

use std::str::Utf8Error;

use crate::{branch_free, naive};

/// The number of characters of a text, if it is one.
pub fn characters(bytes: &[u8]) -> Result<usize, Utf8Error> {
    count(bytes).map_or_else(|| naive::characters(bytes), Ok)
}

/// The number of characters, or nothing if this is no text.
fn count(bytes: &[u8]) -> Option<usize> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { avx2(bytes) };
    }
    branch_free::count(bytes)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
pub(crate) fn avx2(bytes: &[u8]) -> Option<usize> {
    branch_free::count(bytes)
}
