//! AVX-512 has an instruction that packs: two eights at a time, whose bits are counted side by
//! side. Elsewhere the best that the processor has, which is asked at run time.
//!
//! Packed into a register, and from there stored whole. The same instruction can pack into memory,
//! which saves nothing and is microcoded on some processors. Registers of 512 bits would do with
//! half as many instructions. But stores that wide wait for loads that lie as far into a page as
//! they do, on a Zen 5 so often that they lose to the table.

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
    use crate::branchless::append;
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx512f,avx512vl,popcnt")]
    pub(super) fn below(limit: u32, values: &[u32]) -> Vec<u32> {
        let mut kept: Vec<u32> = Vec::with_capacity(values.len());
        let limits = _mm256_set1_epi32(limit as i32);
        let (pairs, rest) = values.as_chunks::<16>();
        let mut end = 0;
        for pair in pairs {
            let eights: &[[u32; 8]] = pair.as_chunks().0;
            let (first, second) = (load(&eights[0]), load(&eights[1]));
            let of_first = _mm256_cmplt_epu32_mask(first, limits);
            let of_second = _mm256_cmplt_epu32_mask(second, limits);
            let between = end + of_first.count_ones() as usize;
            // SAFETY: no more were kept than were read before each eight, so eight more fit into a
            // vector with room for all values.
            unsafe {
                let to = kept.as_mut_ptr();
                let packed = _mm256_maskz_compress_epi32(of_first, first);
                _mm256_storeu_si256(to.add(end).cast(), packed);
                let packed = _mm256_maskz_compress_epi32(of_second, second);
                _mm256_storeu_si256(to.add(between).cast(), packed);
            }
            end = between + of_second.count_ones() as usize;
        }
        // SAFETY: so many have just been written.
        unsafe { kept.set_len(end) };
        append(limit, rest, &mut kept);
        kept
    }

    /// Compiles to one unaligned load, and needs no pointer.
    #[target_feature(enable = "avx512f,avx512vl,popcnt")]
    fn load(eight: &[u32; 8]) -> __m256i {
        let [a, b, c, d, e, f, g, h] = eight.map(|value| value as i32);
        _mm256_setr_epi32(a, b, c, d, e, f, g, h)
    }
}
