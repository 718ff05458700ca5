//! The blocks again, with four sums of 256 bits and fused multiply-add where the processor has
//! them, which is asked at run time.
//!
//! Rejected: compiling the portable kernel a second time for AVX2 (it works, but the compiler chose
//! registers of half the width or spilled the wide ones); eight sums of squares instead of four;
//! and subtracting in the multipliers, as x · 1 − shift, to spare the adders.

use crate::blocks;
use crate::statistics::Statistics;

/// Mean and variance of the samples.
pub fn statistics(samples: &[f64]) -> Statistics {
    #[cfg(target_arch = "x86_64")]
    if avx2::available() {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { avx2::statistics::<0>(samples) };
    }
    blocks::statistics(samples)
}

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2 {
    use crate::moments::{GUESS, Moments, by_blocks, prefetch};
    use crate::statistics::Statistics;
    use std::arch::x86_64::*;

    /// Whether this processor has what is compiled here.
    pub(crate) fn available() -> bool {
        is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")
    }

    /// Asks for samples so far `AHEAD` of those at hand, or with 0 for none.
    #[target_feature(enable = "avx2,fma")]
    pub(crate) fn statistics<const AHEAD: usize>(samples: &[f64]) -> Statistics {
        by_blocks(samples, |block, origin| moments::<AHEAD>(block, origin))
    }

    /// The moments of a block that is not empty.
    #[target_feature(enable = "avx2,fma")]
    fn moments<const AHEAD: usize>(block: &[f64], origin: f64) -> Moments {
        let (vectors, rest) = block.as_chunks::<4>();
        let (rows, vectors) = vectors.as_chunks::<4>();
        let shift = match rows {
            [row, ..] => total(row.each_ref().map(|four| load(four))) / GUESS as f64,
            [] => block[0],
        };
        let shifts = _mm256_set1_pd(shift);
        let mut sums = [_mm256_setzero_pd(); 4];
        let mut squares = [_mm256_setzero_pd(); 4];
        for row in rows {
            prefetch::<AHEAD>(row.as_flattened());
            for lane in 0..4 {
                let deviations = _mm256_sub_pd(load(&row[lane]), shifts);
                sums[lane] = _mm256_add_pd(sums[lane], deviations);
                squares[lane] = _mm256_fmadd_pd(deviations, deviations, squares[lane]);
            }
        }
        for four in vectors {
            let deviations = _mm256_sub_pd(load(four), shifts);
            sums[0] = _mm256_add_pd(sums[0], deviations);
            squares[0] = _mm256_fmadd_pd(deviations, deviations, squares[0]);
        }
        let (mut sum, mut square) = (total(sums), total(squares));
        for sample in rest {
            let deviation = sample - shift;
            sum += deviation;
            square = deviation.mul_add(deviation, square);
        }
        Moments::shifted(block.len(), shift, sum, square, origin)
    }

    /// Compiles to one unaligned load, and needs no pointer.
    #[target_feature(enable = "avx2,fma")]
    fn load(&[a, b, c, d]: &[f64; 4]) -> __m256d {
        _mm256_setr_pd(a, b, c, d)
    }

    /// The sum of all sixteen lanes.
    #[target_feature(enable = "avx2,fma")]
    fn total([a, b, c, d]: [__m256d; 4]) -> f64 {
        let four = _mm256_add_pd(_mm256_add_pd(a, b), _mm256_add_pd(c, d));
        let two = _mm_add_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd::<1>(four));
        _mm_cvtsd_f64(_mm_add_sd(two, _mm_unpackhi_pd(two, two)))
    }
}
