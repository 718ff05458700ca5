//! The same index, where one carry-less product by all ones says which bytes are inside quotes:
//! Langdale and Lemire, "Parsing Gigabytes of JSON per Second" (2019).

use std::hash::RandomState;

use crate::export::{Export, Report};
use crate::index;
use crate::masks::Width;

/// Rows and sum of values for each key.
pub fn sums(export: &Export) -> Report {
    index::sums_with::<RandomState>(export, Width::widest())
}

/// Whether this processor has what the rung is about.
///
/// # Errors
/// Says what is missing.
pub fn needs() -> Result<(), String> {
    if Width::widest().multiplies() {
        return Ok(());
    }
    Err("this processor has no AVX2 with PCLMULQDQ".to_owned())
}

/// Bit i of the result says whether an odd number of bits are set up to and including bit i: a
/// product of polynomials over one bit adds up a copy of `bits` shifted by every distance.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "pclmulqdq")]
#[inline]
pub(crate) fn odd_up_to(bits: u64) -> u64 {
    use std::arch::x86_64::*;
    let bits = _mm_cvtsi64_si128(bits.cast_signed());
    let product = _mm_clmulepi64_si128::<0>(bits, _mm_set1_epi8(-1));
    _mm_cvtsi128_si64(product).cast_unsigned()
}
