//! The dot product of `vnni` with registers of 512 bits: sixteen pixels to an instruction, and
//! a whole cache line to a store.
//!
//! Rejected: a masked block for the pixels that fill none. It costs as much as a whole one.

use crate::vnni;

/// Writes the BT.709 luma of each RGBA pixel, within 1 of the exact value.
pub fn to_gray(rgba: &[u8], gray: &mut [u8]) {
    #[cfg(target_arch = "x86_64")]
    if vectors::available() {
        // SAFETY: the processor has what `available` asks for.
        return unsafe { vectors::to_gray::<0>(rgba, gray) };
    }
    vnni::to_gray(rgba, gray);
}

/// Whether this processor has what the rung is about.
///
/// # Errors
/// Says that it does not.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if vectors::available() {
        return Ok(());
    }
    Err("this processor has no AVX-512 with VNNI and VBMI".to_owned())
}

#[cfg(target_arch = "x86_64")]
pub(crate) mod vectors {
    use crate::prefetch::prefetch;
    use crate::{vnni::dot_product, wide};
    use std::arch::x86_64::*;

    /// Whether this processor has what is compiled here.
    pub(crate) fn available() -> bool {
        dot_product::available() && is_x86_feature_detected!("avx512bw")
    }

    /// The last block overlaps the one before it: what is written twice is the same both times.
    /// Asks for pixels so many bytes `AHEAD` of those at hand, or with 0 for none.
    #[target_feature(enable = "avx512vnni,avx512vbmi,avx512bw,avx512vl")]
    pub(crate) fn to_gray<const AHEAD: usize>(rgba: &[u8], gray: &mut [u8]) {
        assert_eq!(rgba.len(), gray.len() * 4);
        let (blocks, rest) = rgba.as_chunks::<256>();
        for (pixels, gray) in blocks.iter().zip(gray.as_chunks_mut::<64>().0) {
            prefetch::<AHEAD>(pixels);
            store(gray, block(pixels));
        }
        if rest.is_empty() {
            return;
        }
        match (rgba.last_chunk(), gray.last_chunk_mut()) {
            (Some(pixels), Some(gray)) => store(gray, block(pixels)),
            _ => dot_product::to_gray(rgba, gray),
        }
    }

    /// Past the caches, a whole line at a time.
    #[target_feature(enable = "avx512vnni,avx512vbmi,avx512bw,avx512vl")]
    pub(crate) fn stream<const AHEAD: usize>(rgba: &[u8], gray: &mut [u8]) {
        assert_eq!(rgba.len(), gray.len() * 4);
        let head = gray.as_ptr().align_offset(64).min(gray.len());
        let (before, gray) = gray.split_at_mut(head);
        let (first, rgba) = rgba.split_at(head * 4);
        let (blocks, last) = rgba.as_chunks::<256>();
        let (lines, after) = gray.as_chunks_mut::<64>();
        for (pixels, line) in blocks.iter().zip(lines) {
            prefetch::<AHEAD>(pixels);
            // SAFETY: 64 bytes may be written, and after the head they are aligned.
            unsafe { _mm512_stream_si512(line.as_mut_ptr().cast(), block(pixels)) }
        }
        _mm_sfence(); // streaming stores are otherwise in no order with what follows
        wide::to_gray(first, before);
        wide::to_gray(last, after);
    }

    /// Sixty-four pixels: of each sum, the second byte is the gray.
    #[inline]
    #[target_feature(enable = "avx512vnni,avx512vbmi,avx512bw,avx512vl")]
    fn block(pixels: &[u8; 256]) -> __m512i {
        const SECOND_BYTES: [u8; 64] = {
            let mut bytes = [0; 64];
            let mut at = 0;
            while at < 64 {
                bytes[at] = (4 * (at % 32) + 1) as u8;
                at += 1;
            }
            bytes
        };
        let second = load(&SECOND_BYTES);
        let quarter = |at: usize| sums(pixels[at * 64..].first_chunk().expect("four quarters"));
        let low = _mm512_permutex2var_epi8(quarter(0), second, quarter(1));
        let high = _mm512_permutex2var_epi8(quarter(2), second, quarter(3));
        _mm512_inserti64x4::<1>(low, _mm512_castsi512_si256(high))
    }

    /// Sixteen pixels: 256 × luma, and a half to round by, as in `vnni`.
    #[inline]
    #[target_feature(enable = "avx512vnni,avx512vbmi,avx512bw,avx512vl")]
    fn sums(pixels: &[u8; 64]) -> __m512i {
        let weights = _mm512_set1_epi32(i32::from_le_bytes([54, 183, 19, 0]));
        let signed = _mm512_xor_si512(load(pixels), _mm512_set1_epi8(i8::MIN));
        _mm512_dpbusd_epi32(_mm512_set1_epi32(128 * 256 + 128), weights, signed)
    }

    #[inline]
    #[target_feature(enable = "avx512vnni,avx512vbmi,avx512bw,avx512vl")]
    fn load(bytes: &[u8; 64]) -> __m512i {
        // SAFETY: 64 bytes are readable, and the load asks for no alignment.
        unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) }
    }

    #[inline]
    #[target_feature(enable = "avx512vnni,avx512vbmi,avx512bw,avx512vl")]
    fn store(gray: &mut [u8; 64], block: __m512i) {
        // SAFETY: 64 bytes are writable, and the store asks for no alignment.
        unsafe { _mm512_storeu_si512(gray.as_mut_ptr().cast(), block) }
    }
}
