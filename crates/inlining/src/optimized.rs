//! The pairs by hand: differences are widened where they lie in a register, by zeros between them,
//! and one vector takes all that is left of a row.

use crate::pairs::{self, NARROW, by_rows, few_squares};
use crate::vectors::Vectors;
use inlining_pixels::View;

/// The sum of the squared differences of pixels that are two apart in a row.
pub fn sharpness(frame: &View) -> u64 {
    if frame.width() < NARROW {
        return by_rows(frame, few_squares);
    }
    sharpness_with(Vectors::best(), frame)
}

/// The same with chosen vectors; the portable way where the processor lacks them.
pub fn sharpness_with(vectors: Vectors, frame: &View) -> u64 {
    match vectors {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: this processor has what the function was compiled for.
        Vectors::Avx512 if vectors.there() => unsafe { avx512::sharpness(frame) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Vectors::Avx2 if vectors.there() => unsafe { avx2::sharpness(frame) },
        _ => pairs::sharpness_with(Vectors::Portable, frame),
    }
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use crate::pairs::{BLOCK, by_rows};
    use crate::shot::APART;
    use inlining_pixels::View;
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx512bw")]
    pub(super) fn sharpness(frame: &View) -> u64 {
        by_rows(frame, |row| squares(row))
    }

    /// What is left of a row is loaded with a mask, and zeros beside it.
    #[target_feature(enable = "avx512bw")]
    fn squares(row: &[u8]) -> u64 {
        let ahead = row.get(APART..).unwrap_or_default();
        let mut total = 0;
        for (a, b) in row.chunks(BLOCK).zip(ahead.chunks(BLOCK)) {
            let ((a, a_rest), (b, b_rest)) = (a[..b.len()].as_chunks::<64>(), b.as_chunks::<64>());
            let mut sums = squares_of(load_some(a_rest), load_some(b_rest));
            for (a, b) in a.iter().zip(b) {
                sums = _mm512_add_epi32(sums, squares_of(load(a), load(b)));
            }
            total += u64::from(_mm512_reduce_add_epi32(sums).cast_unsigned());
        }
        total
    }

    /// Sixteen sums of four squares each.
    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn squares_of(a: __m512i, b: __m512i) -> __m512i {
        let zeros = _mm512_setzero_si512();
        let differences = _mm512_or_si512(_mm512_subs_epu8(a, b), _mm512_subs_epu8(b, a));
        let low = _mm512_unpacklo_epi8(differences, zeros);
        let high = _mm512_unpackhi_epi8(differences, zeros);
        _mm512_add_epi32(_mm512_madd_epi16(low, low), _mm512_madd_epi16(high, high))
    }

    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn load(pixels: &[u8; 64]) -> __m512i {
        // SAFETY: 64 bytes are readable, and the load asks for no alignment.
        unsafe { _mm512_loadu_si512(pixels.as_ptr().cast()) }
    }

    /// Up to 63 pixels, and zeros.
    #[inline]
    #[target_feature(enable = "avx512bw")]
    fn load_some(pixels: &[u8]) -> __m512i {
        let mask = (1_u64 << pixels.len().min(63)) - 1;
        // SAFETY: the mask selects bytes of `pixels`; others are not read.
        unsafe { _mm512_maskz_loadu_epi8(mask, pixels.as_ptr().cast()) }
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use crate::pairs::{self, BLOCK, by_rows};
    use crate::shot::APART;
    use inlining_pixels::View;
    use std::arch::x86_64::*;

    const LANES: usize = 32;

    #[target_feature(enable = "avx2")]
    pub(super) fn sharpness(frame: &View) -> u64 {
        by_rows(frame, |row| squares(row))
    }

    /// The last vector overlaps the one before, and what that had is left out.
    #[target_feature(enable = "avx2")]
    fn squares(row: &[u8]) -> u64 {
        let ahead = row.get(APART..).unwrap_or_default();
        let behind = &row[..ahead.len()];
        let (Some(a), Some(b)) = (behind.last_chunk(), ahead.last_chunk()) else {
            return pairs::squares(row);
        };
        let ((behind, rest), (ahead, _)) = (behind.as_chunks::<LANES>(), ahead.as_chunks());
        let mut sums = squares_of(_mm256_and_si256(differences(a, b), last(rest.len())));
        let mut total = 0;
        for (a, b) in behind.chunks(BLOCK / LANES).zip(ahead.chunks(BLOCK / LANES)) {
            for (a, b) in a.iter().zip(b) {
                sums = _mm256_add_epi32(sums, squares_of(differences(a, b)));
            }
            total += u64::from(sum_of(sums));
            sums = _mm256_setzero_si256();
        }
        total
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn differences(a: &[u8; LANES], b: &[u8; LANES]) -> __m256i {
        // SAFETY: the loads read arrays of 32 bytes, and ask for no alignment.
        let load = |pixels: &[u8; LANES]| unsafe { _mm256_loadu_si256(pixels.as_ptr().cast()) };
        let (a, b) = (load(a), load(b));
        _mm256_or_si256(_mm256_subs_epu8(a, b), _mm256_subs_epu8(b, a))
    }

    /// Eight sums of four squares each.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn squares_of(differences: __m256i) -> __m256i {
        let zeros = _mm256_setzero_si256();
        let low = _mm256_unpacklo_epi8(differences, zeros);
        let high = _mm256_unpackhi_epi8(differences, zeros);
        _mm256_add_epi32(_mm256_madd_epi16(low, low), _mm256_madd_epi16(high, high))
    }

    /// All ones in the last `count` lanes.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn last(count: usize) -> __m256i {
        let mut from_end = [0; LANES];
        for (lane, from_end) in (-(LANES as i8)..).zip(&mut from_end) {
            *from_end = lane;
        }
        // SAFETY: the load reads an array of 32 bytes, and asks for no alignment.
        let from_end = unsafe { _mm256_loadu_si256(from_end.as_ptr().cast()) };
        _mm256_cmpgt_epi8(from_end, _mm256_set1_epi8(-1 - count as i8))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn sum_of(eight: __m256i) -> u32 {
        let (low, high) = (_mm256_castsi256_si128(eight), _mm256_extracti128_si256::<1>(eight));
        let four = _mm_add_epi32(low, high);
        let two = _mm_add_epi32(four, _mm_unpackhi_epi64(four, four));
        _mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32::<1>(two))).cast_unsigned()
    }
}
