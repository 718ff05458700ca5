//! Two products in one register: VPCLMULQDQ with the 256 bits of AVX2, which processors have that
//! have no AVX-512.

use crate::folding;

/// The checksum of a text of which `crc` is the checksum so far, and `bytes` what follows.
pub fn update(crc: u32, bytes: &[u8]) -> u32 {
    #[cfg(target_arch = "x86_64")]
    if available().is_ok() {
        // SAFETY: the processor has what `available` asks for.
        return unsafe { pairs::update(crc, bytes) };
    }
    folding::update(crc, bytes)
}

/// Whether this processor has what the rung is about.
///
/// # Errors
/// Says what is missing.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("vpclmulqdq") && is_x86_feature_detected!("avx2") {
        return folding::available();
    }
    Err("this processor has no VPCLMULQDQ".to_owned())
}

/// With VPCLMULQDQ in 256 bits.
#[cfg(target_arch = "x86_64")]
mod pairs {
    use crate::folding::{self, later_by, products};
    use std::arch::x86_64::*;

    #[target_feature(enable = "vpclmulqdq,avx2,pclmulqdq,sse4.1")]
    pub(super) fn update(crc: u32, bytes: &[u8]) -> u32 {
        let (groups, rest) = bytes.as_chunks::<128>();
        let Some((first, groups)) = groups.split_first() else {
            return folding::update(crc, bytes);
        };
        let mut sums = load(first);
        let so_far = _mm256_zextsi128_si256(_mm_cvtsi32_si128(!crc as i32));
        sums[0] = _mm256_xor_si256(sums[0], so_far);
        for group in groups {
            for (sum, next) in sums.iter_mut().zip(load(group)) {
                *sum = fold(*sum, const { later_by(128) }, next);
            }
        }
        let [mut sum, more @ ..] = sums;
        for next in more {
            sum = fold(sum, const { later_by(32) }, next);
        }
        let (low, high) = (_mm256_castsi256_si128(sum), _mm256_extracti128_si256::<1>(sum));
        let lane = products::fold(low, const { later_by(16) }, high);
        folding::update(!products::remainder(lane), rest)
    }

    #[inline]
    #[target_feature(enable = "vpclmulqdq,avx2")]
    fn fold(sum: __m256i, [low, high]: [u64; 2], next: __m256i) -> __m256i {
        let by = _mm256_broadcastsi128_si256(_mm_set_epi64x(high as i64, low as i64));
        let low = _mm256_clmulepi64_epi128::<0x00>(sum, by);
        let high = _mm256_clmulepi64_epi128::<0x11>(sum, by);
        _mm256_xor_si256(_mm256_xor_si256(low, high), next)
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn load(group: &[u8; 128]) -> [__m256i; 4] {
        let from = group.as_ptr();
        // SAFETY: four times 32 bytes are readable, and the loads ask for no alignment.
        [0, 32, 64, 96].map(|at| unsafe { _mm256_loadu_si256(from.add(at).cast()) })
    }
}
