//! Sixteen values at a time with AVX-512, which has an instruction that packs; elsewhere the best
//! that the processor has, which is asked at run time.
//!
//! Packed into a register, and from there stored whole. The same instruction can pack into memory,
//! which saves nothing and is microcoded on some processors.

#[cfg(target_arch = "x86_64")]
use crate::avx2;
use crate::branchless;
#[cfg(target_arch = "aarch64")]
use crate::neon;
use crate::vectors::Vectors;

/// The values below the limit, in their order.
pub fn below(limit: u32, values: &[u32]) -> Vec<u32> {
    below_with(Vectors::best(), limit, values)
}

/// The same with chosen vectors; the portable way where the processor lacks them.
pub fn below_with(vectors: Vectors, limit: u32, values: &[u32]) -> Vec<u32> {
    match vectors {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: this processor has what the function was compiled for.
        Vectors::Avx512 if vectors.needs().is_ok() => unsafe { x86::below(limit, values) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Vectors::Avx2 if vectors.needs().is_ok() => unsafe { avx2::x86::below(limit, values) },
        #[cfg(target_arch = "aarch64")]
        Vectors::Neon => neon::below(limit, values),
        _ => branchless::below(limit, values),
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use crate::branchless::append;
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx512f,popcnt")]
    pub(super) fn below(limit: u32, values: &[u32]) -> Vec<u32> {
        let mut kept: Vec<u32> = Vec::with_capacity(values.len());
        let limits = _mm512_set1_epi32(limit as i32);
        let (sixteens, rest) = values.as_chunks::<16>();
        for sixteen in sixteens {
            let end = kept.len();
            // SAFETY: the load reads an array of 64 bytes. No more were kept than were read before
            // these sixteen, so sixteen more fit into a vector with room for all values. What is
            // kept of them has just been written.
            unsafe {
                let sixteen = _mm512_loadu_si512(sixteen.as_ptr().cast());
                let mask = _mm512_cmplt_epu32_mask(sixteen, limits);
                let packed = _mm512_maskz_compress_epi32(mask, sixteen);
                _mm512_storeu_si512(kept.as_mut_ptr().add(end).cast(), packed);
                kept.set_len(end + mask.count_ones() as usize);
            }
        }
        append(limit, rest, &mut kept);
        kept
    }
}
