//! AVX-512 has an instruction that packs: it takes the numbers 0 to 63, keeps those whose bits are
//! set, and moves them together. A word is decoded at once, whatever is in it. Elsewhere blocks.
//!
//! After Daniel Lemire, who described it in 2022.

use crate::blocks;

/// The rows for which all filters hold.
pub fn matching(filters: &[Vec<u64>; 3]) -> Vec<u32> {
    #[cfg(target_arch = "x86_64")]
    if x86::packs() {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { x86::matching(filters) };
    }
    blocks::matching(filters)
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use crate::blocks;

    /// Whether this processor packs bytes.
    pub(super) fn packs() -> bool {
        is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vbmi2")
            && is_x86_feature_detected!("popcnt")
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi2,popcnt")]
    pub(super) fn matching(filters: &[Vec<u64>; 3]) -> Vec<u32> {
        let places: [i8; 64] = std::array::from_fn(|at| at as i8);
        // SAFETY: 64 bytes are read from an array of as many.
        let places = unsafe { _mm512_loadu_si512(places.as_ptr().cast()) };
        let mut rows: Vec<u32> = Vec::new();
        blocks::each(filters, |words, base| {
            rows.reserve(512);
            for (&word, base) in words.iter().zip((base..).step_by(64)) {
                let packed = _mm512_maskz_compress_epi8(word, places);
                let count = word.count_ones() as usize;
                // SAFETY: there was room for eight full words, and no word writes more than that.
                // As many rows as are counted have just been written.
                unsafe {
                    let end = rows.as_mut_ptr().add(rows.len());
                    store(end, base, _mm512_castsi512_si128(packed));
                    if count > 16 {
                        store(end.add(16), base, _mm512_extracti32x4_epi32::<1>(packed));
                        store(end.add(32), base, _mm512_extracti32x4_epi32::<2>(packed));
                        store(end.add(48), base, _mm512_extracti32x4_epi32::<3>(packed));
                    }
                    rows.set_len(rows.len() + count);
                }
            }
        });
        rows
    }

    /// Writes sixteen rows that lie so far behind `base`.
    ///
    /// # Safety
    /// There must be room for sixteen.
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi2,popcnt")]
    unsafe fn store(to: *mut u32, base: u32, places: __m128i) {
        let rows = _mm512_add_epi32(_mm512_cvtepu8_epi32(places), _mm512_set1_epi32(base as i32));
        // SAFETY: there is room, says the caller.
        unsafe { _mm512_storeu_si512(to.cast(), rows) }
    }
}
