//! AVX-512 has an instruction that packs: two eights at a time, whose bits are counted side by
//! side.
//!
//! Packed into a register, and from there stored whole. The same instruction can pack into memory,
//! which saves nothing and is microcoded on some processors. Registers of 512 bits would do with
//! half as many instructions, and lose to the table on a Zen 5.

use crate::branchless;
use crate::vectors::Vectors;

/// What the processor must have.
///
/// # Errors
/// Says what is missing.
pub fn needs() -> Result<(), String> {
    Vectors::Avx512.needs()
}

/// The values below the limit, in their order.
pub fn below(limit: u32, values: &[u32]) -> Vec<u32> {
    #[cfg(target_arch = "x86_64")]
    if needs().is_ok() {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { x86::below(limit, values) };
    }
    branchless::below(limit, values)
}

#[cfg(target_arch = "x86_64")]
pub(crate) mod x86 {
    use crate::branchless::append;
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx512f,avx512vl,popcnt")]
    pub(super) fn below(limit: u32, values: &[u32]) -> Vec<u32> {
        let mut kept = Vec::with_capacity(values.len());
        by_sixteen(limit, values, &mut kept);
        kept
    }

    /// Appends the values below the limit to a vector with room for all of them.
    #[target_feature(enable = "avx512f,avx512vl,popcnt")]
    pub(crate) fn by_sixteen(limit: u32, values: &[u32], kept: &mut Vec<u32>) {
        assert!(kept.capacity() - kept.len() >= values.len(), "room for all");
        let limits = _mm256_set1_epi32(limit as i32);
        let (pairs, rest) = values.as_chunks::<16>();
        let mut end = kept.len();
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
        append(limit, rest, kept);
    }

    /// Compiles to one unaligned load, and needs no pointer.
    #[target_feature(enable = "avx512f,avx512vl,popcnt")]
    pub(crate) fn load(eight: &[u32; 8]) -> __m256i {
        let [a, b, c, d, e, f, g, h] = eight.map(|value| value as i32);
        _mm256_setr_epi32(a, b, c, d, e, f, g, h)
    }
}
