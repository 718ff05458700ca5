//! AVX-512 has an instruction that packs: what is good in a block moves to the front of a register,
//! which is stored whole. Nothing is stored one by one.
//!
//! The way of `branchless`, compiled for AVX-512 as it is for AVX2, gains next to nothing by it:
//! what a comparison says is then in a mask register, from which each bit is fetched by itself.

use crate::scores::Documents;
use crate::undivided;

/// What the processor must have.
///
/// # Errors
/// Says what is missing.
pub fn needs() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("popcnt") {
        return Ok(());
    }
    Err("this processor has no AVX-512".to_owned())
}

/// The numbers of the best documents, best first.
pub fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
    #[cfg(target_arch = "x86_64")]
    if needs().is_ok() {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { x86::best(documents, wanted) };
    }
    undivided::best(documents, wanted)
}

#[cfg(target_arch = "x86_64")]
pub(crate) mod x86 {
    use std::arch::x86_64::*;

    use crate::blocks::{BLOCK, Kept};
    use crate::scores::Documents;
    use crate::undivided::best_by;

    #[target_feature(enable = "avx512f,popcnt")]
    pub(super) fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
        best_by(documents, wanted, |kept, ranks, first| add(kept, ranks, first))
    }

    #[target_feature(enable = "avx512f,popcnt")]
    pub(crate) fn add(kept: &mut Kept, ranks: &[i32; BLOCK], first: u32) {
        let lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        let flipped = _mm512_sub_epi32(_mm512_set1_epi32(!first as i32), lanes);
        // SAFETY: sixteen ranks are as many bytes as are read.
        let ranks = unsafe { _mm512_loadu_si512(ranks.as_ptr().cast()) };
        let good = _mm512_cmpge_epi32_mask(ranks, _mm512_set1_epi32(kept.floor));
        let ranks = _mm512_maskz_compress_epi32(good, ranks);
        let flipped = _mm512_maskz_compress_epi32(good, flipped);
        // A key has a flipped number in its lower half and a rank in its upper one.
        let front = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        let back = _mm512_setr_epi32(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        let mut keys = [0_i64; BLOCK];
        // SAFETY: eight keys are as many bytes as are written, and sixteen have room.
        unsafe {
            let to = keys.as_mut_ptr();
            _mm512_storeu_si512(to.cast(), _mm512_permutex2var_epi32(flipped, front, ranks));
            _mm512_storeu_si512(to.add(8).cast(), _mm512_permutex2var_epi32(flipped, back, ranks));
        }
        let end = kept.keys.len() + good.count_ones() as usize;
        kept.keys.extend_from_slice(&keys);
        kept.keys.truncate(end);
    }
}
