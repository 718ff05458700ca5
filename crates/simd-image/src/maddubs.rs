//! Bytes stay bytes: one AVX2 instruction multiplies thirty-two of them and adds the products in
//! pairs.
//!
//! `maddubs` takes unsigned bytes on one side and signed ones on the other, and its sums of 16 bits
//! saturate. With the pixels on the unsigned side, as usual, a weight of 183 does not fit, and red
//! with green may reach 60,435. So the sides are swapped: weights are unsigned, and a pixel less
//! 128 is a signed byte, one flipped bit away. Then no pair exceeds 237 × 128 and a whole pixel is
//! its luma less 128, in 256ths: 16 bits hold it exactly. libyuv does it the same way.

use crate::wide;

/// Writes the BT.709 luma of each RGBA pixel, within 1 of the exact value.
pub fn to_gray(rgba: &[u8], gray: &mut [u8]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2.
        return unsafe { avx2::to_gray::<0>(rgba, gray) };
    }
    wide::to_gray(rgba, gray);
}

/// Compiled for AVX2, whatever the rest is compiled for.
#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2 {
    use crate::prefetch::prefetch;
    use crate::wide;
    use std::arch::x86_64::*;

    /// The last block overlaps the one before it: what is written twice is the same both times.
    /// Asks for pixels so many bytes `AHEAD` of those at hand, or with 0 for none.
    #[target_feature(enable = "avx2")]
    pub(crate) fn to_gray<const AHEAD: usize>(rgba: &[u8], gray: &mut [u8]) {
        assert_eq!(rgba.len(), gray.len() * 4);
        let (blocks, rest) = rgba.as_chunks::<128>();
        for (pixels, gray) in blocks.iter().zip(gray.as_chunks_mut::<32>().0) {
            prefetch::<AHEAD>(pixels);
            store(gray, block(pixels));
        }
        if rest.is_empty() {
            return;
        }
        match (rgba.last_chunk(), gray.last_chunk_mut()) {
            (Some(pixels), Some(gray)) => store(gray, block(pixels)),
            _ => wide::to_gray(rgba, gray),
        }
    }

    /// Past the caches, half a line at a time.
    #[target_feature(enable = "avx2")]
    pub(crate) fn stream<const AHEAD: usize>(rgba: &[u8], gray: &mut [u8]) {
        assert_eq!(rgba.len(), gray.len() * 4);
        // SAFETY: a vector may hold any bytes.
        let (before, aligned, after) = unsafe { gray.align_to_mut::<__m256i>() };
        let (first, rest) = rgba.split_at(before.len() * 4);
        let (blocks, last) = rest.as_chunks::<128>();
        assert_eq!(blocks.len(), aligned.len());
        for (pixels, gray) in blocks.iter().zip(aligned) {
            prefetch::<AHEAD>(pixels);
            // SAFETY: a reference to a vector is aligned to 32 bytes and may be written.
            unsafe { _mm256_stream_si256(gray, block(pixels)) }
        }
        _mm_sfence(); // streaming stores are otherwise in no order with what follows
        wide::to_gray(first, before);
        wide::to_gray(last, after);
    }

    /// Thirty-two pixels. The two rounds of packing work within each half of a register; `order`
    /// undoes that.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn block(pixels: &[u8; 128]) -> __m256i {
        let order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
        let quarter = |at: usize| sums(pixels[at * 32..].first_chunk().expect("four quarters"));
        let low = rounded(_mm256_packs_epi32(quarter(0), quarter(1)));
        let high = rounded(_mm256_packs_epi32(quarter(2), quarter(3)));
        let gray = _mm256_permutevar8x32_epi32(_mm256_packs_epi16(low, high), order);
        _mm256_xor_si256(gray, _mm256_set1_epi8(i8::MIN))
    }

    /// Eight pixels: 256 × (luma − 128) in 32 bits each.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn sums(pixels: &[u8; 32]) -> __m256i {
        let weights = _mm256_set1_epi32(i32::from_le_bytes([54, 183, 19, 0]));
        // SAFETY: 32 bytes are readable, and the load asks for no alignment.
        let pixels = unsafe { _mm256_loadu_si256(pixels.as_ptr().cast()) };
        let signed = _mm256_xor_si256(pixels, _mm256_set1_epi8(i8::MIN)); // less 128
        _mm256_madd_epi16(_mm256_maddubs_epi16(weights, signed), _mm256_set1_epi16(1))
    }

    /// (x + 128) >> 8 in one instruction: it rounds x × 128 / 2¹⁵.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn rounded(sums: __m256i) -> __m256i {
        _mm256_mulhrs_epi16(sums, _mm256_set1_epi16(128))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn store(gray: &mut [u8; 32], block: __m256i) {
        // SAFETY: 32 bytes are writable, and the store asks for no alignment.
        unsafe { _mm256_storeu_si256(gray.as_mut_ptr().cast(), block) }
    }
}
