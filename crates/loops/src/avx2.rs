//! Eight registers of 256 bits and fused multiply-add where the processor has them, which is asked
//! at run time; the last few floats in one masked step. Pairs of integers have an instruction that
//! multiplies and adds them.

#[cfg(target_arch = "x86_64")]
pub(crate) use wide::Avx2;

/// The sum of products; what `b` has beyond the length of `a` does not count.
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = Avx2::detect() {
        return avx2.dot(a, b);
    }
    crate::accumulators::dot(a, b)
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

/// Says what this machine lacks for this rung.
///
/// # Errors
/// If it is not AVX2 and FMA.
pub fn needs() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if Avx2::detect().is_some() {
        return Ok(());
    }
    Err("this processor has no AVX2 and FMA".to_owned())
}

#[cfg(target_arch = "x86_64")]
mod wide {
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

    #[target_feature(enable = "avx2")]
    fn dot_counts(a: &[i16], b: &[i16]) -> i32 {
        let b = &b[..a.len()];
        let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<16>(), b.as_chunks::<16>());
        let ((a_rows, a), (b_rows, b)) = (a.as_chunks::<4>(), b.as_chunks::<4>());
        let mut sums = [_mm256_setzero_si256(); 4];
        for (a, b) in a_rows.iter().zip(b_rows) {
            for lane in 0..4 {
                sums[lane] = _mm256_add_epi32(sums[lane], products(&a[lane], &b[lane]));
            }
        }
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum = _mm256_add_epi32(*sum, products(a, b));
        }
        let [a, b, c, d] = sums;
        let eight = _mm256_add_epi32(_mm256_add_epi32(a, b), _mm256_add_epi32(c, d));
        let (low, high) = (_mm256_castsi256_si128(eight), _mm256_extracti128_si256::<1>(eight));
        let four = _mm_add_epi32(low, high);
        let two = _mm_add_epi32(four, _mm_unpackhi_epi64(four, four));
        let sum = _mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32::<1>(two)));
        sum.wrapping_add(crate::resliced::dot_counts(a_rest, b_rest))
    }

    /// Eight sums of two products each.
    #[target_feature(enable = "avx2")]
    fn products(a: &[i16; 16], b: &[i16; 16]) -> __m256i {
        // SAFETY: the loads read arrays of 32 bytes, and ask for no alignment.
        let load = |lanes: &[i16; 16]| unsafe { _mm256_loadu_si256(lanes.as_ptr().cast()) };
        _mm256_madd_epi16(load(a), load(b))
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
