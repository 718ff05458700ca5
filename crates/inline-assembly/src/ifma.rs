//! Eight products in one instruction: AVX-512 IFMA multiplies digits of 52 bits and adds the low or
//! the high half of each product to 64 bits. No flag is involved.
//!
//! Twelve spare bits hold thousands of additions, so carries wait until a column is complete. The
//! idea of a redundant radix for vectors is that of Gueron and Krasnov, "Software Implementation of
//! Modular Exponentiation, Using Advanced Vector Instructions Architectures", 2012.

use crate::{adc, adx};

/// Limbs that the arrays below are made for; longer numbers are for Karatsuba.
pub(crate) const MOST: usize = 104;

/// What this rung needs.
///
/// # Errors
/// Says what is missing.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    return if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512ifma") {
        Ok(())
    } else {
        Err("a processor with AVX-512 IFMA".to_owned())
    };
    #[cfg(not(target_arch = "x86_64"))]
    Err("x86-64 with AVX-512 IFMA".to_owned())
}

/// Both numbers together; the last limb is the carry.
pub fn sum(a: &[u64], b: &[u64]) -> Vec<u64> {
    adc::sum(a, b)
}

/// The product, as many limbs as both have together.
pub fn product(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut out = vec![0; a.len() + b.len()];
    multiply(&mut out, a, b);
    out
}

/// Adds the product to `out`, which is zero.
pub(crate) fn multiply(out: &mut [u64], a: &[u64], b: &[u64]) {
    #[cfg(target_arch = "x86_64")]
    if a.len() <= MOST && b.len() <= MOST && available().is_ok() {
        // SAFETY: the processor has AVX-512 IFMA.
        return unsafe { avx512::multiply(out, a, b) };
    }
    adx::multiply(out, a, b);
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use super::MOST;
    use crate::digits::{carry, join, split};
    use std::arch::x86_64::*;

    /// Digits of the longest number: thirteen limbs are sixteen digits.
    const DIGITS: usize = MOST / 13 * 16;
    /// Columns that are worked out together, in three registers.
    const COLUMNS: usize = 24;
    /// Zeros before and behind a number, so that a column may begin and end outside of it.
    const MARGIN: usize = COLUMNS;

    #[target_feature(enable = "avx512f,avx512ifma")]
    pub(super) fn multiply(out: &mut [u64], a: &[u64], b: &[u64]) {
        let mut a_digits = [0; DIGITS + 2 * MARGIN];
        let mut b_digits = [0; DIGITS];
        let a_count = split(&mut a_digits[MARGIN..], a);
        let b_count = split(&mut b_digits, b);
        let mut sums = [0; 2 * DIGITS + COLUMNS];
        let mut before = _mm512_setzero_si512();
        for first in (0..a_count + b_count).step_by(COLUMNS) {
            let (low, high) = columns(first, &a_digits, a_count, &b_digits[..b_count]);
            for lane in 0..3 {
                // High halves belong to the next column: all move up by one.
                let high_below = _mm512_alignr_epi64::<7>(high[lane], before);
                before = high[lane];
                let both = _mm512_add_epi64(low[lane], high_below);
                store(&mut sums[first + lane * 8..], both);
            }
        }
        carry(&mut sums[..a_count + b_count]);
        join(out, &sums);
    }

    /// The sums of the low and of the high halves of all products that belong to the columns from
    /// `first` on.
    #[inline]
    #[target_feature(enable = "avx512f,avx512ifma")]
    fn columns(first: usize, a: &[u64], a_count: usize, b: &[u64]) -> ([__m512i; 3], [__m512i; 3]) {
        let mut low = [_mm512_setzero_si512(); 3];
        let mut high = [_mm512_setzero_si512(); 3];
        let to = (first + COLUMNS).min(b.len());
        let from = (first + 1).saturating_sub(a_count).min(to);
        let window = &a[MARGIN + first - to + 1..MARGIN + first - from + COLUMNS];
        for (a, &b) in window.windows(COLUMNS).zip(b[from..to].iter().rev()) {
            let digit = _mm512_set1_epi64(b as i64);
            for lane in 0..3 {
                let a = load(&a[lane * 8..]);
                low[lane] = _mm512_madd52lo_epu64(low[lane], a, digit);
                high[lane] = _mm512_madd52hi_epu64(high[lane], a, digit);
            }
        }
        (low, high)
    }

    #[inline]
    #[target_feature(enable = "avx512f")]
    fn load(lanes: &[u64]) -> __m512i {
        let lanes: &[u64; 8] = lanes.first_chunk().expect("eight lanes");
        // SAFETY: 64 bytes are readable, and the load asks for no alignment.
        unsafe { _mm512_loadu_si512(lanes.as_ptr().cast()) }
    }

    #[inline]
    #[target_feature(enable = "avx512f")]
    fn store(lanes: &mut [u64], vector: __m512i) {
        let lanes: &mut [u64; 8] = lanes.first_chunk_mut().expect("eight lanes");
        // SAFETY: 64 bytes are writable, and the store asks for no alignment.
        unsafe { _mm512_storeu_si512(lanes.as_mut_ptr().cast(), vector) }
    }
}
