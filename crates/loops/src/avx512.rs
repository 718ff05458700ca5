//! Registers of 512 bits. One mask serves all that is left over: an element that it leaves out is
//! not read.

#[cfg(target_arch = "x86_64")]
pub(crate) use wide::Avx512;

/// The sum of products; what `b` has beyond the length of `a` does not count.
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx512) = Avx512::detect() {
        return avx512.dot(a, b);
    }
    crate::accumulators::dot(a, b)
}

/// The same of integers, modulo 2³².
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot_counts(a: &[i16], b: &[i16]) -> i32 {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx512) = Avx512::detect() {
        return avx512.dot_counts(a, b);
    }
    crate::resliced::dot_counts(a, b)
}

/// Says what this machine lacks for this rung.
///
/// # Errors
/// If it is not AVX-512.
pub fn needs() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if Avx512::detect().is_some() {
        return Ok(());
    }
    Err("this processor has no AVX-512 (F and BW)".to_owned())
}

#[cfg(target_arch = "x86_64")]
mod wide {
    use std::arch::x86_64::*;

    /// Proof that this processor has AVX-512 F and BW.
    #[derive(Clone, Copy)]
    pub(crate) struct Avx512(());

    impl Avx512 {
        #[inline]
        pub(crate) fn detect() -> Option<Self> {
            let has = is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw");
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

    #[target_feature(enable = "avx512f")]
    fn dot(a: &[f32], b: &[f32]) -> f32 {
        let b = &b[..a.len()];
        let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<16>(), b.as_chunks::<16>());
        let ((a_rows, a), (b_rows, b)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
        let mut sums = [_mm512_setzero_ps(); 8];
        for (a, b) in a_rows.iter().zip(b_rows) {
            for lane in 0..8 {
                sums[lane] = _mm512_fmadd_ps(load(&a[lane]), load(&b[lane]), sums[lane]);
            }
        }
        for (at, (a, b)) in a.iter().zip(b).enumerate() {
            sums[at % 8] = _mm512_fmadd_ps(load(a), load(b), sums[at % 8]);
        }
        if !a_rest.is_empty() {
            let (a, b) = (load_some(a_rest), load_some(b_rest));
            sums[7] = _mm512_fmadd_ps(a, b, sums[7]);
        }
        let [a, b, c, d, e, f, g, h] = sums;
        let [ab, cd, ef, gh] = [(a, b), (c, d), (e, f), (g, h)].map(|(a, b)| _mm512_add_ps(a, b));
        _mm512_reduce_add_ps(_mm512_add_ps(_mm512_add_ps(ab, cd), _mm512_add_ps(ef, gh)))
    }

    /// The compiler vectorizes this one by itself: it only has to be told for what.
    #[target_feature(enable = "avx512f,avx512bw")]
    fn dot_counts(a: &[i16], b: &[i16]) -> i32 {
        crate::resliced::dot_counts(a, b)
    }

    #[target_feature(enable = "avx512f")]
    fn load(lanes: &[f32; 16]) -> __m512 {
        // SAFETY: sixteen elements are readable, and the load asks for no alignment.
        unsafe { _mm512_loadu_ps(lanes.as_ptr()) }
    }

    /// Up to sixteen elements, and zeros.
    #[target_feature(enable = "avx512f")]
    fn load_some(rest: &[f32]) -> __m512 {
        let mask = (1_u32 << rest.len().min(16)) - 1;
        // SAFETY: the mask selects elements of `rest`; others are not read.
        unsafe { _mm512_maskz_loadu_ps(mask as __mmask16, rest.as_ptr()) }
    }
}
