//! Integers with the instruction that was made for neural networks: `vpdpwssd` multiplies pairs,
//! adds their products, and adds those to a sum, in one step.

use std::arch::x86_64::*;

/// Proof that this processor has AVX-512 with VNNI and operations on 16 bits.
#[derive(Clone, Copy)]
pub(crate) struct Vnni(());

impl Vnni {
    #[inline]
    pub(crate) fn detect() -> Option<Self> {
        let has = is_x86_feature_detected!("avx512vnni") && is_x86_feature_detected!("avx512bw");
        has.then_some(Self(()))
    }

    #[inline]
    pub(crate) fn dot_counts(self, a: &[i16], b: &[i16]) -> i32 {
        // SAFETY: `self` exists only where the processor has what the function needs.
        unsafe { dot_counts(a, b) }
    }
}

#[target_feature(enable = "avx512bw,avx512vnni")]
fn dot_counts(a: &[i16], b: &[i16]) -> i32 {
    let b = &b[..a.len()];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<32>(), b.as_chunks::<32>());
    let ((a_rows, a), (b_rows, b)) = (a.as_chunks::<4>(), b.as_chunks::<4>());
    let mut sums = [_mm512_setzero_si512(); 4];
    for (a, b) in a_rows.iter().zip(b_rows) {
        for lane in 0..4 {
            sums[lane] = _mm512_dpwssd_epi32(sums[lane], load(&a[lane]), load(&b[lane]));
        }
    }
    for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
        *sum = _mm512_dpwssd_epi32(*sum, load(a), load(b));
    }
    sums[3] = _mm512_dpwssd_epi32(sums[3], load_some(a_rest), load_some(b_rest));
    let [a, b, c, d] = sums;
    let both = [(a, b), (c, d)].map(|(a, b)| _mm512_add_epi32(a, b));
    _mm512_reduce_add_epi32(_mm512_add_epi32(both[0], both[1]))
}

#[target_feature(enable = "avx512bw")]
fn load(lanes: &[i16; 32]) -> __m512i {
    // SAFETY: 64 bytes are readable, and the load asks for no alignment.
    unsafe { _mm512_loadu_si512(lanes.as_ptr().cast()) }
}

/// Up to 31 elements, and zeros.
#[target_feature(enable = "avx512bw")]
fn load_some(rest: &[i16]) -> __m512i {
    let mask = (1_u32 << rest.len().min(31)) - 1;
    // SAFETY: the mask selects elements of `rest`; others are not read.
    unsafe { _mm512_maskz_loadu_epi16(mask, rest.as_ptr()) }
}
