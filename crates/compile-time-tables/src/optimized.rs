//! Folding four lanes at a time, with VPCLMULQDQ of AVX-512, and no byte left over for a table.
//!
//! Zero bytes in front change nothing once the checksum so far is part of the text. So the end of a
//! text is aligned instead of its beginning: what is there moves back by as many bytes as are
//! missing, and a masked load fills in the rest.

use crate::lanes;

/// The checksum of a text of which `crc` is the checksum so far, and `bytes` what follows.
pub fn update(crc: u32, bytes: &[u8]) -> u32 {
    #[cfg(target_arch = "x86_64")]
    if wide::available() {
        // SAFETY: the processor has what `available` asks for.
        return unsafe { wide::update(crc, bytes) };
    }
    #[cfg(target_arch = "aarch64")]
    if std::arch::is_aarch64_feature_detected!("crc") {
        // SAFETY: the processor has the instructions.
        return unsafe { crate::arm::update(crc, bytes) };
    }
    lanes::update(crc, bytes)
}

/// With VPCLMULQDQ in 512 bits.
#[cfg(target_arch = "x86_64")]
pub(crate) mod wide {
    use crate::const_table;
    use crate::folding::{self, later_by, products};
    use std::arch::x86_64::*;

    /// Sums that are folded in turn.
    const SUMS: usize = 4;

    /// Bytes from which it pays to begin at a cache line.
    const ALIGN_FROM: usize = 2048;

    pub(crate) fn available() -> bool {
        is_x86_feature_detected!("vpclmulqdq")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vbmi2")
            && folding::available().is_ok()
    }

    #[target_feature(enable = "vpclmulqdq,avx512bw,avx512vbmi2,pclmulqdq,sse4.1")]
    pub(crate) fn update(crc: u32, bytes: &[u8]) -> u32 {
        if bytes.len() < 4 {
            return const_table::update(crc, bytes); // shorter than the checksum so far
        }
        let (first, rest) = bytes.split_at(first_block(bytes));
        let so_far = _mm512_zextsi128_si512(_mm_cvtsi32_si128(!crc as i32));
        let so_far = _mm512_maskz_expand_epi8(last(first.len()), so_far);
        let mut sum = _mm512_xor_si512(ending(first), so_far);
        let (blocks, tail) = rest.as_chunks::<64>();
        let (groups, rest) = blocks.as_chunks::<SUMS>();
        if let Some((first, groups)) = groups.split_first() {
            sum = many(sum, first, groups);
        }
        for block in rest {
            sum = fold(sum, later_by_one(), load(block));
        }
        if !tail.is_empty() {
            let (end, kept) = (last(tail.len()), u64::MAX << tail.len());
            let moved = _mm512_maskz_compress_epi8(kept, sum);
            let overflown = _mm512_maskz_expand_epi8(end, sum);
            sum = fold(overflown, later_by_one(), _mm512_or_si512(moved, ending(tail)));
        }
        !remainder(sum)
    }

    /// Bytes before the first whole block: up to 64 or, of a long text, up to where the cache lines
    /// begin that the other loads then take whole.
    #[inline]
    fn first_block(bytes: &[u8]) -> usize {
        match bytes.as_ptr().align_offset(64) {
            before @ 4..64 if bytes.len() >= ALIGN_FROM => before,
            _ => bytes.len().min(64),
        }
    }

    /// A sum takes up the first group, the other groups follow four blocks at a time.
    #[inline]
    #[target_feature(enable = "vpclmulqdq,avx512bw,avx512vbmi2")]
    fn many(sum: __m512i, first: &[[u8; 64]; SUMS], groups: &[[[u8; 64]; SUMS]]) -> __m512i {
        let far = repeat(const { later_by(64 * SUMS) });
        let mut sums = [sum; SUMS];
        for (sum, block) in sums.iter_mut().zip(first) {
            *sum = load(block);
        }
        sums[0] = fold(sum, later_by_one(), sums[0]);
        for group in groups {
            for (sum, block) in sums.iter_mut().zip(group) {
                *sum = fold(*sum, far, load(block));
            }
        }
        let [mut sum, more @ ..] = sums;
        for next in more {
            sum = fold(sum, later_by_one(), next);
        }
        sum
    }

    #[inline]
    #[target_feature(enable = "vpclmulqdq,avx512bw,avx512vbmi2")]
    fn fold(sum: __m512i, by: __m512i, next: __m512i) -> __m512i {
        let low = _mm512_clmulepi64_epi128::<0x00>(sum, by);
        let high = _mm512_clmulepi64_epi128::<0x11>(sum, by);
        _mm512_ternarylogic_epi64::<0x96>(low, high, next) // the XOR of all three
    }

    /// Folds four lanes onto the last and divides.
    #[inline]
    #[target_feature(enable = "vpclmulqdq,avx512bw,avx512vbmi2,pclmulqdq,sse4.1")]
    fn remainder(sum: __m512i) -> u32 {
        const BY: [[u64; 2]; 3] = [later_by(48), later_by(32), later_by(16)];
        let [[a, b], [c, d], [e, f]] = BY.map(|by| by.map(|by| by as i64));
        let by = _mm512_setr_epi64(a, b, c, d, e, f, 0, 0);
        let sum = fold(sum, by, _mm512_maskz_mov_epi64(0b1100_0000, sum));
        let half =
            _mm256_xor_si256(_mm512_castsi512_si256(sum), _mm512_extracti64x4_epi64::<1>(sum));
        let lane = _mm_xor_si128(_mm256_castsi256_si128(half), _mm256_extracti128_si256::<1>(half));
        products::remainder(lane)
    }

    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn later_by_one() -> __m512i {
        repeat(const { later_by(64) })
    }

    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn repeat([low, high]: [u64; 2]) -> __m512i {
        _mm512_broadcast_i32x4(_mm_set_epi64x(high as i64, low as i64))
    }

    /// The last so many of 64 bytes; at least one, at most 63.
    #[inline]
    fn last(bytes: usize) -> __mmask64 {
        u64::MAX << (64 - bytes)
    }

    /// Up to 63 bytes, with zeros in front.
    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn ending(tail: &[u8]) -> __m512i {
        let start = tail.as_ptr().wrapping_sub(64 - tail.len());
        // SAFETY: the mask leaves only the bytes of `tail`; no other is read.
        unsafe { _mm512_maskz_loadu_epi8(last(tail.len()), start.cast()) }
    }

    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn load(block: &[u8; 64]) -> __m512i {
        // SAFETY: 64 bytes are readable, and the load asks for no alignment.
        unsafe { _mm512_loadu_si512(block.as_ptr().cast()) }
    }
}
