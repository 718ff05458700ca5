//! The same loop with registers of 512 bits and, as AVX-512 can leave lanes out, without a loop for
//! the rest.

use crate::fma;
use crate::statistics::Statistics;

/// Mean and variance of the samples.
pub fn statistics(samples: &[f64]) -> Statistics {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { avx512f::statistics::<0>(samples) };
    }
    fma::statistics(samples)
}

/// Whether this processor has what the rung is about.
///
/// # Errors
/// Says that it does not.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") {
        return Ok(());
    }
    Err("this processor has no AVX-512".to_owned())
}

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx512f {
    use crate::moments::{GUESS, Moments, by_blocks, prefetch};
    use crate::statistics::Statistics;
    use std::arch::x86_64::*;

    /// Asks for samples so far `AHEAD` of those at hand, or with 0 for none.
    #[target_feature(enable = "avx512f")]
    pub(crate) fn statistics<const AHEAD: usize>(samples: &[f64]) -> Statistics {
        by_blocks(samples, |block, origin| moments::<AHEAD>(block, origin))
    }

    /// The moments of a block that is not empty.
    #[target_feature(enable = "avx512f")]
    fn moments<const AHEAD: usize>(block: &[f64], origin: f64) -> Moments {
        let (vectors, rest) = block.as_chunks::<8>();
        let (rows, vectors) = vectors.as_chunks::<4>();
        let shift = match block.as_chunks::<GUESS>().0 {
            [guess, ..] => guess.iter().sum::<f64>() / GUESS as f64,
            [] => block[0],
        };
        let shifts = _mm512_set1_pd(shift);
        let mut sums = [_mm512_setzero_pd(); 4];
        let mut squares = [_mm512_setzero_pd(); 4];
        for row in rows {
            prefetch::<AHEAD>(row.as_flattened());
            for lane in 0..4 {
                let deviations = _mm512_sub_pd(load(&row[lane]), shifts);
                sums[lane] = _mm512_add_pd(sums[lane], deviations);
                squares[lane] = _mm512_fmadd_pd(deviations, deviations, squares[lane]);
            }
        }
        for (lane, eight) in vectors.iter().enumerate() {
            let deviations = _mm512_sub_pd(load(eight), shifts);
            sums[lane] = _mm512_add_pd(sums[lane], deviations);
            squares[lane] = _mm512_fmadd_pd(deviations, deviations, squares[lane]);
        }
        let mask = (1_u8 << rest.len()) - 1; // fewer than eight
        // SAFETY: a lane that the mask leaves out is not read.
        let few = unsafe { _mm512_maskz_loadu_pd(mask, rest.as_ptr()) };
        let deviations = _mm512_maskz_sub_pd(mask, few, shifts);
        sums[3] = _mm512_add_pd(sums[3], deviations);
        squares[3] = _mm512_fmadd_pd(deviations, deviations, squares[3]);
        Moments::shifted(block.len(), shift, total(sums), total(squares), origin)
    }

    /// Compiles to one unaligned load, and needs no pointer.
    #[target_feature(enable = "avx512f")]
    fn load(&[a, b, c, d, e, f, g, h]: &[f64; 8]) -> __m512d {
        _mm512_setr_pd(a, b, c, d, e, f, g, h)
    }

    /// The sum of all thirty-two lanes.
    #[target_feature(enable = "avx512f")]
    fn total([a, b, c, d]: [__m512d; 4]) -> f64 {
        _mm512_reduce_add_pd(_mm512_add_pd(_mm512_add_pd(a, b), _mm512_add_pd(c, d)))
    }
}
