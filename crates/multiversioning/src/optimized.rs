//! The lookup again, with 64 bytes to a register where the processor has AVX-512, and loads that
//! leave out what is not there: no tail to copy, so a short text pays too.

use std::str::Utf8Error;

use crate::{lookup, naive};

/// The number of characters of a text, if it is one.
pub fn characters(bytes: &[u8]) -> Result<usize, Utf8Error> {
    count(bytes).map_or_else(|| naive::characters(bytes), Ok)
}

/// The number of characters, or nothing if this is no text.
fn count(bytes: &[u8]) -> Option<usize> {
    #[cfg(target_arch = "x86_64")]
    if avx512::available() {
        // SAFETY: this processor has what `available` asks for.
        return unsafe { avx512::count(bytes) };
    }
    lookup::count(bytes)
}

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx512 {
    use crate::tables::{LAST_HIGH, LAST_LOW, LEADS_3, LEADS_4, THIS_HIGH};
    use std::arch::x86_64::*;

    /// What has been seen so far.
    struct Seen {
        before: __m512i,
        bad: __m512i,
        characters: usize,
    }

    pub(crate) fn available() -> bool {
        is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("popcnt")
    }

    #[target_feature(enable = "avx512bw,popcnt")]
    pub(crate) fn count(bytes: &[u8]) -> Option<usize> {
        let zero = _mm512_setzero_si512();
        let mut seen = Seen { before: zero, bad: zero, characters: 0 };
        let (blocks, rest) = bytes.as_chunks::<64>();
        let (groups, blocks) = blocks.as_chunks::<4>();
        for group in groups {
            let [a, b, c, d] = group.each_ref().map(|block| load(block));
            let any = _mm512_or_si512(_mm512_or_si512(a, b), _mm512_or_si512(c, d));
            if _mm512_movepi8_mask(_mm512_or_si512(any, last_three(seen.before))) == 0 {
                seen.characters += 256;
                seen.before = d;
            } else {
                for block in [a, b, c, d] {
                    see(&mut seen, block);
                }
            }
        }
        for block in blocks {
            see(&mut seen, load(block));
        }
        see(&mut seen, load_some(rest));
        let good = _mm512_test_epi8_mask(seen.bad, seen.bad) == 0;
        good.then_some(seen.characters - (64 - rest.len()))
    }

    /// The three bytes that a following block must look at, and zeros.
    #[inline]
    #[target_feature(enable = "avx512bw,popcnt")]
    fn last_three(block: __m512i) -> __m512i {
        _mm512_maskz_mov_epi8(7 << 61, block)
    }

    /// Checks and counts one block.
    #[inline]
    #[target_feature(enable = "avx512bw,popcnt")]
    fn see(seen: &mut Seen, block: __m512i) {
        let begins = _mm512_cmpgt_epi8_mask(block, _mm512_set1_epi8(-65));
        seen.characters += begins.count_ones() as usize;
        seen.bad = _mm512_or_si512(seen.bad, wrong(seen.before, block));
        seen.before = block;
    }

    /// Not zero where a byte may not stand behind those before it: see `lookup`.
    #[inline]
    #[target_feature(enable = "avx512bw,popcnt")]
    fn wrong(before: __m512i, this: __m512i) -> __m512i {
        let half = _mm512_set1_epi8(0x0f);
        let high = |bytes| _mm512_and_si512(_mm512_srli_epi16::<4>(bytes), half);
        let across = _mm512_alignr_epi64::<6>(this, before); // each lane's left neighbour
        let last = _mm512_alignr_epi8::<15>(this, across);
        let second_last = _mm512_alignr_epi8::<14>(this, across);
        let third_last = _mm512_alignr_epi8::<13>(this, across);
        let pairs = _mm512_ternarylogic_epi64::<{ 0xf0 & 0xcc & 0xaa }>(
            look_up(&LAST_HIGH, high(last)),
            look_up(&LAST_LOW, _mm512_and_si512(last, half)),
            look_up(&THIS_HIGH, high(this)),
        );
        let third = _mm512_subs_epu8(second_last, _mm512_set1_epi8(LEADS_3 as i8));
        let fourth = _mm512_subs_epu8(third_last, _mm512_set1_epi8(LEADS_4 as i8));
        let top = _mm512_set1_epi8(i8::MIN);
        let awaited = _mm512_ternarylogic_epi64::<{ (0xf0 | 0xcc) & 0xaa }>(third, fourth, top);
        _mm512_xor_si512(pairs, awaited)
    }

    #[inline]
    #[target_feature(enable = "avx512bw,popcnt")]
    fn look_up(table: &[u8; 16], at: __m512i) -> __m512i {
        // SAFETY: sixteen bytes are readable, and the load asks for no alignment.
        let table = unsafe { _mm_loadu_si128(table.as_ptr().cast()) };
        _mm512_shuffle_epi8(_mm512_broadcast_i32x4(table), at)
    }

    #[inline]
    #[target_feature(enable = "avx512bw,popcnt")]
    fn load(block: &[u8; 64]) -> __m512i {
        // SAFETY: 64 bytes are readable, and the load asks for no alignment.
        unsafe { _mm512_loadu_si512(block.as_ptr().cast()) }
    }

    /// Fewer than 64 bytes, and zeros.
    #[inline]
    #[target_feature(enable = "avx512bw,popcnt")]
    fn load_some(rest: &[u8]) -> __m512i {
        let there = (1 << rest.len()) - 1;
        // SAFETY: the mask leaves out what is not there, and what is left out is not touched.
        unsafe { _mm512_maskz_loadu_epi8(there, rest.as_ptr().cast()) }
    }
}
