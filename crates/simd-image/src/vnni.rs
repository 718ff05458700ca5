//! VNNI, made for neural networks: one instruction multiplies four unsigned by four signed bytes
//! and adds all four to 32 bits, which cannot saturate. A byte permutation does the whole packing.

use crate::maddubs;

/// Writes the BT.709 luma of each RGBA pixel, within 1 of the exact value.
pub fn to_gray(rgba: &[u8], gray: &mut [u8]) {
    #[cfg(target_arch = "x86_64")]
    if dot_product::available() {
        // SAFETY: the processor has what `available` asks for.
        return unsafe { dot_product::to_gray(rgba, gray) };
    }
    maddubs::to_gray(rgba, gray);
}

/// Whether this processor has what the rung is about.
///
/// # Errors
/// Says that it does not.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if dot_product::available() {
        return Ok(());
    }
    Err("this processor has no AVX-512 with VNNI and VBMI".to_owned())
}

/// Of AVX-512 it takes the instructions and leaves the width.
#[cfg(target_arch = "x86_64")]
pub(crate) mod dot_product {
    use crate::wide;
    use std::arch::x86_64::*;

    pub(crate) fn available() -> bool {
        is_x86_feature_detected!("avx512vnni")
            && is_x86_feature_detected!("avx512vbmi")
            && is_x86_feature_detected!("avx512vl")
    }

    /// The last block overlaps the one before it: what is written twice is the same both times.
    #[target_feature(enable = "avx512vnni,avx512vbmi,avx512vl")]
    pub(crate) fn to_gray(rgba: &[u8], gray: &mut [u8]) {
        assert_eq!(rgba.len(), gray.len() * 4);
        let (blocks, rest) = rgba.as_chunks::<128>();
        for (pixels, gray) in blocks.iter().zip(gray.as_chunks_mut::<32>().0) {
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

    /// Thirty-two pixels: of each sum, the second byte is the gray.
    #[inline]
    #[target_feature(enable = "avx512vnni,avx512vbmi,avx512vl")]
    fn block(pixels: &[u8; 128]) -> __m256i {
        const SECOND_BYTES: [u8; 32] = {
            let mut bytes = [0; 32];
            let mut at = 0;
            while at < 32 {
                bytes[at] = (4 * (at % 16) + 1) as u8;
                at += 1;
            }
            bytes
        };
        let second = load(&SECOND_BYTES);
        let quarter = |at: usize| sums(pixels[at * 32..].first_chunk().expect("four quarters"));
        let low = _mm256_permutex2var_epi8(quarter(0), second, quarter(1));
        let high = _mm256_permutex2var_epi8(quarter(2), second, quarter(3));
        _mm256_inserti128_si256::<1>(low, _mm256_castsi256_si128(high))
    }

    /// Eight pixels: 256 × luma, and a half to round by. Pixels are signed, as for `maddubs`; the
    /// 128 × 256 that this takes away is put back with the half.
    #[inline]
    #[target_feature(enable = "avx512vnni,avx512vbmi,avx512vl")]
    fn sums(pixels: &[u8; 32]) -> __m256i {
        let weights = _mm256_set1_epi32(i32::from_le_bytes([54, 183, 19, 0]));
        let signed = _mm256_xor_si256(load(pixels), _mm256_set1_epi8(i8::MIN));
        _mm256_dpbusd_epi32(_mm256_set1_epi32(128 * 256 + 128), weights, signed)
    }

    #[inline]
    #[target_feature(enable = "avx512vnni,avx512vbmi,avx512vl")]
    fn load(bytes: &[u8; 32]) -> __m256i {
        // SAFETY: 32 bytes are readable, and the load asks for no alignment.
        unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
    }

    #[inline]
    #[target_feature(enable = "avx512vnni,avx512vbmi,avx512vl")]
    fn store(gray: &mut [u8; 32], block: __m256i) {
        // SAFETY: 32 bytes are writable, and the store asks for no alignment.
        unsafe { _mm256_storeu_si256(gray.as_mut_ptr().cast(), block) }
    }
}
