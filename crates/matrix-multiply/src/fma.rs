//! The same loops around a kernel of AVX2: eight lanes, and multiply and add are one instruction.

use crate::packed;
use crate::shape::Shape;

/// Writes the product of `a` and `b`.
pub fn multiply(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
    #[cfg(target_arch = "x86_64")]
    if avx2::available() {
        // SAFETY: the processor has AVX2 and FMA.
        return unsafe { avx2::multiply(a, b, product, shape) };
    }
    packed::multiply(a, b, product, shape);
}

/// Whether this processor has what the rung is about.
///
/// # Errors
/// Says what is missing.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if avx2::available() {
        return Ok(());
    }
    Err("this processor has no AVX2 with FMA".to_owned())
}

/// Compiled for AVX2 and FMA, whatever the rest is compiled for.
#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2 {
    use crate::packed::{self, Corner};
    use crate::shape::Shape;
    use std::arch::x86_64::*;

    /// Whether this processor has what is compiled here.
    pub(crate) fn available() -> bool {
        is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")
    }

    #[target_feature(enable = "avx2,fma")]
    pub(crate) fn multiply(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
        packed::by(a, b, product, shape, |bars, strips, corner| kernel(bars, strips, corner));
    }

    /// Twelve vectors of sums, two of `b`, one of `a`: two instructions in each cycle, with a
    /// latency of four, need eight independent sums at least.
    #[inline]
    #[target_feature(enable = "avx2,fma")]
    fn kernel(bars: &[[f32; 6]], strips: &[[f32; 16]], corner: Corner) {
        let mut sums = [[_mm256_setzero_ps(); 2]; 6];
        for (bar, strip) in bars.iter().zip(strips) {
            // SAFETY: sixteen values are there, and the loads ask for no alignment.
            let (low, high) = unsafe {
                (_mm256_loadu_ps(strip.as_ptr()), _mm256_loadu_ps(strip.as_ptr().add(8)))
            };
            for (sums, factor) in sums.iter_mut().zip(bar) {
                let factor = _mm256_set1_ps(*factor);
                sums[0] = _mm256_fmadd_ps(factor, low, sums[0]);
                sums[1] = _mm256_fmadd_ps(factor, high, sums[1]);
            }
        }
        let mut rows = [[[0.0; 8]; 2]; 6];
        for (row, sums) in rows.iter_mut().zip(sums) {
            for (lanes, sum) in row.iter_mut().zip(sums) {
                // SAFETY: eight values may be written, and the store asks for no alignment.
                unsafe { _mm256_storeu_ps(lanes.as_mut_ptr(), sum) }
            }
        }
        corner.add(&rows);
    }
}
