//! Keiser and Lemire, "Validating UTF-8 in Less Than One Instruction Per Byte" (2021): all rules
//! about two neighbours are three tables of sixteen bytes, and a shuffle looks up thirty-two bytes
//! at once.

use std::str::Utf8Error;

#[cfg(not(target_arch = "aarch64"))]
use crate::branch_free;
use crate::naive;

/// The number of characters of a text, if it is one.
pub fn characters(bytes: &[u8]) -> Result<usize, Utf8Error> {
    count(bytes).map_or_else(|| naive::characters(bytes), Ok)
}

/// The number of characters, or nothing if this is no text.
pub(crate) fn count(bytes: &[u8]) -> Option<usize> {
    #[cfg(target_arch = "x86_64")]
    if avx2::available() {
        // SAFETY: this processor has what `available` asks for.
        return unsafe { avx2::count(bytes) };
    }
    #[cfg(target_arch = "aarch64")]
    // SAFETY: every 64-bit ARM processor that has a standard library has NEON.
    return unsafe { crate::neon::count(bytes) };
    #[cfg(not(target_arch = "aarch64"))]
    branch_free::count(bytes)
}

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2 {
    use crate::tables::{LAST_HIGH, LAST_LOW, LEADS_3, LEADS_4, THIS_HIGH};
    use std::arch::x86_64::*;

    pub(crate) fn available() -> bool {
        is_x86_feature_detected!("avx2") && is_x86_feature_detected!("popcnt")
    }

    #[target_feature(enable = "avx2,popcnt")]
    pub(crate) fn count(bytes: &[u8]) -> Option<usize> {
        let (blocks, rest) = bytes.as_chunks::<128>();
        let mut last = [0; 128];
        last[..rest.len()].copy_from_slice(rest);
        let zero = _mm256_setzero_si256();
        let (mut before, mut bad, mut characters) = (zero, zero, 0);
        for block in blocks.iter().chain([&last]) {
            let [a, b, c, d] = [0, 32, 64, 96].map(|from| load(block, from));
            let any = _mm256_or_si256(_mm256_or_si256(a, b), _mm256_or_si256(c, d));
            if ascii(before, any) {
                characters += 128;
            } else {
                for (before, this) in [(before, a), (a, b), (b, c), (c, d)] {
                    characters += begins(this);
                    bad = _mm256_or_si256(bad, wrong(before, this));
                }
            }
            before = d;
        }
        let good = _mm256_testz_si256(bad, bad) == 1;
        good.then_some(characters - (128 - rest.len()))
    }

    /// Whether all of a block is ASCII, and so are the three bytes before it.
    #[inline]
    #[target_feature(enable = "avx2,popcnt")]
    fn ascii(before: __m256i, block: __m256i) -> bool {
        let last_three = _mm256_movemask_epi8(before) as u32 >> 29;
        last_three | _mm256_movemask_epi8(block) as u32 == 0
    }

    /// Not zero where a byte may not stand behind those before it.
    #[inline]
    #[target_feature(enable = "avx2,popcnt")]
    fn wrong(before: __m256i, this: __m256i) -> __m256i {
        let half = _mm256_set1_epi8(0x0f);
        let high = |bytes| _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), half);
        let across = _mm256_permute2x128_si256::<0x21>(before, this);
        let last = _mm256_alignr_epi8::<15>(this, across);
        let second_last = _mm256_alignr_epi8::<14>(this, across);
        let third_last = _mm256_alignr_epi8::<13>(this, across);
        let pairs = _mm256_and_si256(
            _mm256_and_si256(
                look_up(&LAST_HIGH, high(last)),
                look_up(&LAST_LOW, _mm256_and_si256(last, half)),
            ),
            look_up(&THIS_HIGH, high(this)),
        );
        // The top bit is set where a third or fourth byte of a character must be: exactly there,
        // two continuations are right.
        let third = _mm256_subs_epu8(second_last, _mm256_set1_epi8(LEADS_3 as i8));
        let fourth = _mm256_subs_epu8(third_last, _mm256_set1_epi8(LEADS_4 as i8));
        let top = _mm256_set1_epi8(i8::MIN);
        _mm256_xor_si256(pairs, _mm256_and_si256(_mm256_or_si256(third, fourth), top))
    }

    /// How many characters begin here.
    #[inline]
    #[target_feature(enable = "avx2,popcnt")]
    fn begins(bytes: __m256i) -> usize {
        let begins = _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8(-65));
        _mm256_movemask_epi8(begins).count_ones() as usize
    }

    #[inline]
    #[target_feature(enable = "avx2,popcnt")]
    fn look_up(table: &[u8; 16], at: __m256i) -> __m256i {
        // SAFETY: sixteen bytes are readable, and the load asks for no alignment.
        let table = unsafe { _mm_loadu_si128(table.as_ptr().cast()) };
        _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(table), at)
    }

    #[inline]
    #[target_feature(enable = "avx2,popcnt")]
    fn load(block: &[u8; 128], from: usize) -> __m256i {
        let bytes: &[u8; 32] = block[from..].first_chunk().expect("a quarter of a block");
        // SAFETY: 32 bytes are readable, and the load asks for no alignment.
        unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
    }
}
