//! With AVX-512, sixty-four values are read before the sixty-four before them are packed and
//! written: no read has to wait for a write that was begun just before it. Elsewhere the best that
//! the processor has, which is asked at run time.

#[cfg(target_arch = "x86_64")]
use crate::avx2;
use crate::branchless;
use crate::naive;
#[cfg(target_arch = "aarch64")]
use crate::neon;
use crate::vectors::Vectors;

/// Values that fill no vector.
const FEW: usize = 8;

/// The values below the limit, in their order.
pub fn below(limit: u32, values: &[u32]) -> Vec<u32> {
    if values.len() < FEW {
        return naive::below(limit, values);
    }
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
    use std::arch::x86_64::*;
    use std::sync::atomic::{Ordering, compiler_fence};

    use crate::avx512::x86::{by_sixteen, load};

    /// Registers that are read ahead: as many again are being packed, of thirty-two.
    const AHEAD: usize = 8;

    #[target_feature(enable = "avx512f,avx512vl,popcnt")]
    pub(super) fn below(limit: u32, values: &[u32]) -> Vec<u32> {
        let mut kept = Vec::with_capacity(values.len());
        let (groups, rest) = values.as_chunks::<{ 8 * AHEAD }>();
        if let Some((first, others)) = groups.split_first() {
            let mut group = read(first);
            for other in others {
                let ahead = read(other);
                // The compiler may not put the reads behind the writes that follow.
                compiler_fence(Ordering::SeqCst);
                pack(limit, group, &mut kept);
                group = ahead;
            }
            pack(limit, group, &mut kept);
        }
        by_sixteen(limit, rest, &mut kept);
        kept
    }

    #[target_feature(enable = "avx512f,avx512vl,popcnt")]
    fn read(group: &[u32; 8 * AHEAD]) -> [__m256i; AHEAD] {
        let eights: &[[u32; 8]] = group.as_chunks().0;
        std::array::from_fn(|at| load(&eights[at]))
    }

    /// Appends those below the limit to a vector that has room for the whole group.
    #[target_feature(enable = "avx512f,avx512vl,popcnt")]
    fn pack(limit: u32, group: [__m256i; AHEAD], kept: &mut Vec<u32>) {
        assert!(kept.capacity() - kept.len() >= 8 * AHEAD, "room for the group");
        let limits = _mm256_set1_epi32(limit as i32);
        let mut end = kept.len();
        for eight in group {
            let mask = _mm256_cmplt_epu32_mask(eight, limits);
            let packed = _mm256_maskz_compress_epi32(mask, eight);
            // SAFETY: there is room for the group, and no more of it was kept than was read.
            unsafe { _mm256_storeu_si256(kept.as_mut_ptr().add(end).cast(), packed) };
            end += mask.count_ones() as usize;
        }
        // SAFETY: so many have been written, the eight values behind them for nothing.
        unsafe { kept.set_len(end) };
    }
}
