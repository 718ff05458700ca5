//! Eight values at a time: one comparison, one shuffle that moves the wanted ones to the front, one
//! store of all eight.
//!
//! AVX2 has no instruction that packs. The mask of the comparison, one bit a value, is an index
//! into a table of 256 shuffles, made at compile time. After Schlegel, Willhalm and Lehner, "Fast
//! Sorted-Set Intersection using SIMD Instructions", 2011.

use crate::branchless;
use crate::vectors::Vectors;

/// What the processor must have.
///
/// # Errors
/// Says what is missing.
pub fn needs() -> Result<(), String> {
    Vectors::Avx2.needs()
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

    /// For each mask, the lanes whose bits are set, then lane 0.
    static ORDERS: [[u32; 8]; 256] = {
        let mut orders = [[0; 8]; 256];
        let mut mask = 0;
        while mask < 256 {
            let (mut lane, mut end) = (0, 0);
            while lane < 8 {
                if mask >> lane & 1 == 1 {
                    orders[mask][end] = lane;
                    end += 1;
                }
                lane += 1;
            }
            mask += 1;
        }
        orders
    };

    #[target_feature(enable = "avx2,popcnt")]
    pub(crate) fn below(limit: u32, values: &[u32]) -> Vec<u32> {
        let mut kept: Vec<u32> = Vec::with_capacity(values.len());
        let limits = _mm256_set1_epi32(limit as i32);
        let (eights, rest) = values.as_chunks::<8>();
        for eight in eights {
            let eight = load(eight);
            // There is no comparison of unsigned numbers, but there is a maximum.
            let not_below = _mm256_cmpeq_epi32(_mm256_max_epu32(eight, limits), eight);
            let mask = !_mm256_movemask_ps(_mm256_castsi256_ps(not_below)) as u8;
            let packed = _mm256_permutevar8x32_epi32(eight, load(&ORDERS[usize::from(mask)]));
            let end = kept.len();
            // SAFETY: no more were kept than were read before these eight, so eight more fit into
            // a vector with room for all values. What is kept of them has just been written.
            unsafe {
                _mm256_storeu_si256(kept.as_mut_ptr().add(end).cast(), packed);
                kept.set_len(end + mask.count_ones() as usize);
            }
        }
        append(limit, rest, &mut kept);
        kept
    }

    /// Compiles to one unaligned load, and needs no pointer.
    #[target_feature(enable = "avx2,popcnt")]
    fn load(eight: &[u32; 8]) -> __m256i {
        let [a, b, c, d, e, f, g, h] = eight.map(|value| value as i32);
        _mm256_setr_epi32(a, b, c, d, e, f, g, h)
    }
}
