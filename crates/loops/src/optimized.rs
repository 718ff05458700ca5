//! Eight registers of 256 bits and fused multiply-add where the processor has them, which is asked
//! at run time; the last few elements in one masked step.
//!
//! Elsewhere the accumulators, with fused multiply-add on AArch64, which always has it.

use crate::accumulators;
#[cfg(target_arch = "x86_64")]
pub(crate) use avx2::Avx2;

/// The sum of products; what `b` has beyond the length of `a` does not count.
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = Avx2::detect() {
        return avx2.dot(a, b);
    }
    portable(a, b)
}

/// The same of integers, modulo 2³².
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot_counts(a: &[i16], b: &[i16]) -> i32 {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = Avx2::detect() {
        return avx2.dot_counts(a, b);
    }
    crate::resliced::dot_counts(a, b)
}

/// For a processor of which nothing is known but its architecture.
pub(crate) fn portable(a: &[f32], b: &[f32]) -> f32 {
    if cfg!(target_arch = "aarch64") { fused(a, b) } else { accumulators::dot(a, b) }
}

/// Each step one instruction where the build has it, and a slow call where it has not.
pub(crate) fn fused(a: &[f32], b: &[f32]) -> f32 {
    accumulators::dot_by(f32::mul_add, a, b)
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::*;

    /// Proof that this processor has AVX2 and FMA.
    #[derive(Clone, Copy)]
    pub(crate) struct Avx2(());

    impl Avx2 {
        #[inline]
        pub(crate) fn detect() -> Option<Self> {
            let has = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            has.then_some(Self(()))
        }

        #[inline]
        pub(crate) fn dot(self, a: &[f32], b: &[f32]) -> f32 {
            // SAFETY: `self` exists only where the processor has what the function needs.
            unsafe { dot(a, b) }
        }

        #[inline]
        pub(crate) fn dot_counts(self, a: &[i16], b: &[i16]) -> i32 {
            // SAFETY: as above.
            unsafe { dot_counts(a, b) }
        }
    }

    #[target_feature(enable = "avx2,fma")]
    fn dot(a: &[f32], b: &[f32]) -> f32 {
        let b = &b[..a.len()];
        let mut sums = [_mm256_setzero_ps(); 8];
        let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
        let ((a_rows, a), (b_rows, b)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
        for (a, b) in a_rows.iter().zip(b_rows) {
            for lane in 0..8 {
                sums[lane] = _mm256_fmadd_ps(load(&a[lane]), load(&b[lane]), sums[lane]);
            }
        }
        for (at, (a, b)) in a.iter().zip(b).enumerate() {
            sums[at % 8] = _mm256_fmadd_ps(load(a), load(b), sums[at % 8]);
        }
        if !a_rest.is_empty() {
            let (a, b) = (load_some(a_rest), load_some(b_rest));
            sums[7] = _mm256_fmadd_ps(a, b, sums[7]);
        }
        total(sums)
    }

    /// The compiler vectorizes this one by itself: it only has to be told for what.
    #[target_feature(enable = "avx2")]
    fn dot_counts(a: &[i16], b: &[i16]) -> i32 {
        crate::resliced::dot_counts(a, b)
    }

    /// Compiles to one unaligned load, and needs no pointer.
    #[target_feature(enable = "avx2,fma")]
    fn load(&[a, b, c, d, e, f, g, h]: &[f32; 8]) -> __m256 {
        _mm256_setr_ps(a, b, c, d, e, f, g, h)
    }

    /// Up to eight elements, and zeros.
    #[target_feature(enable = "avx2,fma")]
    fn load_some(rest: &[f32]) -> __m256 {
        let lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
        let mask = _mm256_cmpgt_epi32(_mm256_set1_epi32(rest.len() as i32), lanes);
        // SAFETY: the mask selects the elements of `rest`; others are not read.
        unsafe { _mm256_maskload_ps(rest.as_ptr(), mask) }
    }

    /// The sum of all sixty-four lanes.
    #[target_feature(enable = "avx2,fma")]
    fn total([a, b, c, d, e, f, g, h]: [__m256; 8]) -> f32 {
        let [ab, cd, ef, gh] = [(a, b), (c, d), (e, f), (g, h)].map(|(a, b)| _mm256_add_ps(a, b));
        let eight = _mm256_add_ps(_mm256_add_ps(ab, cd), _mm256_add_ps(ef, gh));
        let four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps::<1>(eight));
        let two = _mm_add_ps(four, _mm_movehl_ps(four, four));
        _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)))
    }
}
