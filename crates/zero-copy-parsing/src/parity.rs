//! Bit i of a result says whether an odd number of bits are set up to and including bit i.

/// By doubling: after a shift by half of the bits, all lower ones are in it.
#[inline(always)]
pub(crate) fn shifts(mut bits: u64) -> u64 {
    for distance in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << distance;
    }
    bits
}

/// A product of polynomials over one bit: by all ones, it adds up `bits` shifted by every distance
/// (Langdale and Lemire, "Parsing Gigabytes of JSON per Second", 2019).
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "pclmulqdq")]
#[inline]
pub(crate) fn product(bits: u64) -> u64 {
    use std::arch::x86_64::*;
    let bits = _mm_cvtsi64_si128(bits.cast_signed());
    let product = _mm_clmulepi64_si128::<0>(bits, _mm_set1_epi8(-1));
    _mm_cvtsi128_si64(product).cast_unsigned()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "x86_64")]
    use crate::masks::Width;

    #[test]
    fn each_bit_is_the_parity_of_those_up_to_it() {
        let mut bits = 1_u64;
        for _ in 0..1_000 {
            let parity = |at: u32| u64::from((bits << (63 - at)).count_ones() % 2) << at;
            let expected = (0..64).map(parity).sum::<u64>();
            assert_eq!(shifts(bits), expected, "{bits:#x}");
            #[cfg(target_arch = "x86_64")]
            if Width::widest().multiplies() {
                // SAFETY: the processor has the product.
                assert_eq!(unsafe { product(bits) }, expected, "{bits:#x}");
            }
            bits = bits.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ bits >> 29;
        }
    }
}
