//! The same loops once more, around a kernel of AVX-512: registers twice as wide, and twice as many
//! of them.

use crate::fma;
use crate::shape::Shape;

/// Writes the product of `a` and `b`.
pub fn multiply(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") {
        // SAFETY: the processor has AVX-512.
        return unsafe { avx512::multiply(a, b, product, shape) };
    }
    fma::multiply(a, b, product, shape);
}

/// Whether this processor has what the rung is about.
///
/// # Errors
/// Says what is missing.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") {
        return Ok(());
    }
    Err("this processor has no AVX-512".to_owned())
}

/// Compiled for AVX-512, whatever the rest is compiled for.
#[cfg(target_arch = "x86_64")]
mod avx512 {
    use crate::packed::{self, Corner};
    use crate::shape::Shape;
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx512f")]
    pub(super) fn multiply(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
        packed::by(a, b, product, shape, |bars, strips, corner| kernel(bars, strips, corner));
    }

    /// Twenty-four vectors of sums, two of `b` and one of `a` are in thirty-two registers.
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn kernel(bars: &[[f32; 12]], strips: &[[f32; 32]], corner: Corner) {
        let mut sums = [[_mm512_setzero_ps(); 2]; 12];
        for (bar, strip) in bars.iter().zip(strips) {
            // SAFETY: thirty-two values are there, and the loads ask for no alignment.
            let (low, high) = unsafe {
                (_mm512_loadu_ps(strip.as_ptr()), _mm512_loadu_ps(strip.as_ptr().add(16)))
            };
            for (sums, factor) in sums.iter_mut().zip(bar) {
                let factor = _mm512_set1_ps(*factor);
                sums[0] = _mm512_fmadd_ps(factor, low, sums[0]);
                sums[1] = _mm512_fmadd_ps(factor, high, sums[1]);
            }
        }
        let mut rows = [[[0.0; 16]; 2]; 12];
        for (row, sums) in rows.iter_mut().zip(sums) {
            for (lanes, sum) in row.iter_mut().zip(sums) {
                // SAFETY: sixteen values may be written, and the store asks for no alignment.
                unsafe { _mm512_storeu_ps(lanes.as_mut_ptr(), sum) }
            }
        }
        corner.add(&rows);
    }
}
