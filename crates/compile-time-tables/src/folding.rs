//! No table of bytes: a carry-less product moves sixteen bytes over any distance at once, and the
//! table shrinks to a few powers of x.
//!
//! Folding is Gopal, Ozturk, Guilford and others' ("Fast CRC Computation for Generic Polynomials
//! Using PCLMULQDQ Instruction", Intel, 2009).

use crate::slicing;

/// The checksum of a text of which `crc` is the checksum so far, and `bytes` what follows.
pub fn update(crc: u32, bytes: &[u8]) -> u32 {
    #[cfg(target_arch = "x86_64")]
    if available().is_ok() {
        // SAFETY: the processor has what `available` asks for.
        return unsafe { products::update(crc, bytes) };
    }
    slicing::update(crc, bytes)
}

/// Whether this processor has what the rung is about.
///
/// # Errors
/// Says what is missing.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("pclmulqdq") && is_x86_feature_detected!("sse4.1") {
        return Ok(());
    }
    Err("this processor has no PCLMULQDQ".to_owned())
}

/// Multiplies the two halves of sixteen bytes so that they count as if they stood `bytes` later.
pub const fn later_by(bytes: usize) -> [u64; 2] {
    [power(8 * bytes + 32), power(8 * bytes - 32)]
}

/// x to the n modulo the polynomial, lowest power in the highest bit. Bits in reverse leave a
/// product one place short, hence the shift.
pub const fn power(n: usize) -> u64 {
    let mut power = 1_u32 << 31;
    let mut at = 0;
    while at < n {
        power =
            if power & 1 == 1 { power >> 1 ^ crate::polynomial::POLYNOMIAL } else { power >> 1 };
        at += 1;
    }
    (power as u64) << 1
}

/// The polynomial with its leading term, and how often it goes into x⁶⁴; bits in reverse.
#[cfg(target_arch = "x86_64")]
const DIVISION: [u64; 2] = {
    let polynomial = (crate::polynomial::POLYNOMIAL.reverse_bits() as u128) | 1 << 32;
    let (mut quotient, mut rest, mut at) = (0_u64, 1_u128 << 64, 33);
    while at > 0 {
        at -= 1;
        if rest >> (at + 32) & 1 == 1 {
            quotient |= 1 << at;
            rest ^= polynomial << at;
        }
    }
    [(polynomial as u64).reverse_bits() >> 31, quotient.reverse_bits() >> 31]
};

/// With PCLMULQDQ.
#[cfg(target_arch = "x86_64")]
pub(crate) mod products {
    use super::{DIVISION, later_by, power};
    use crate::slicing;
    use std::arch::x86_64::*;

    /// Four sums, since one product takes several cycles and the next one may start in each.
    #[target_feature(enable = "pclmulqdq,sse4.1")]
    pub(crate) fn update(crc: u32, bytes: &[u8]) -> u32 {
        let (groups, rest) = bytes.as_chunks::<64>();
        let Some((first, groups)) = groups.split_first() else {
            return slicing::update(crc, bytes);
        };
        let mut sums = lanes(first);
        sums[0] = _mm_xor_si128(sums[0], _mm_cvtsi32_si128(!crc as i32));
        for group in groups {
            let next = lanes(group);
            for (sum, next) in sums.iter_mut().zip(next) {
                *sum = fold(*sum, const { later_by(64) }, next);
            }
        }
        let (blocks, tail) = rest.as_chunks::<16>();
        let [mut sum, more @ ..] = sums;
        for next in more {
            sum = fold(sum, const { later_by(16) }, next);
        }
        for block in blocks {
            sum = fold(sum, const { later_by(16) }, load(block));
        }
        slicing::update(!remainder(sum), tail)
    }

    #[inline]
    #[target_feature(enable = "pclmulqdq,sse4.1")]
    pub(crate) fn fold(sum: __m128i, [low, high]: [u64; 2], next: __m128i) -> __m128i {
        let by = _mm_set_epi64x(high as i64, low as i64);
        let low = _mm_clmulepi64_si128::<0x00>(sum, by);
        let high = _mm_clmulepi64_si128::<0x11>(sum, by);
        _mm_xor_si128(_mm_xor_si128(low, high), next)
    }

    /// What the division leaves of sixteen bytes: first 64 bits are folded onto 64, then 32, and
    /// the rest is Barrett's reduction (1986), two products in the place of a division.
    #[inline]
    #[target_feature(enable = "pclmulqdq,sse4.1")]
    pub(crate) fn remainder(sum: __m128i) -> u32 {
        let low32 = _mm_set_epi64x(0, 0xffff_ffff);
        let by = _mm_set_epi64x(power(64) as i64, power(96) as i64);
        let division = _mm_set_epi64x(DIVISION[1] as i64, DIVISION[0] as i64);
        let sum = _mm_xor_si128(_mm_clmulepi64_si128::<0x00>(sum, by), _mm_srli_si128::<8>(sum));
        let folded = _mm_clmulepi64_si128::<0x10>(_mm_and_si128(sum, low32), by);
        let sum = _mm_xor_si128(folded, _mm_srli_si128::<4>(sum));
        let quotient = _mm_clmulepi64_si128::<0x10>(_mm_and_si128(sum, low32), division);
        let product = _mm_clmulepi64_si128::<0x00>(_mm_and_si128(quotient, low32), division);
        _mm_extract_epi32::<1>(_mm_xor_si128(sum, product)) as u32
    }

    #[inline]
    #[target_feature(enable = "pclmulqdq,sse4.1")]
    fn lanes(group: &[u8; 64]) -> [__m128i; 4] {
        let (blocks, _) = group.as_chunks::<16>();
        [load(&blocks[0]), load(&blocks[1]), load(&blocks[2]), load(&blocks[3])]
    }

    #[inline]
    #[target_feature(enable = "pclmulqdq,sse4.1")]
    fn load(block: &[u8; 16]) -> __m128i {
        // SAFETY: 16 bytes are readable, and the load asks for no alignment.
        unsafe { _mm_loadu_si128(block.as_ptr().cast()) }
    }
}
