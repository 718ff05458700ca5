//! Sixteen pixels at a time in `std::simd`, unstable in Rust 1.95: one loop, compiled once for
//! each width of register, and none of the intrinsics.

use crate::fixed_point;
use std::simd::{ToBytes, prelude::*};

/// Writes the BT.709 luma of each RGBA pixel, within 1 of the exact value.
pub fn to_gray(rgba: &[u8], gray: &mut [u8]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2.
        return unsafe { with_avx2(rgba, gray) };
    }
    anywhere(rgba, gray);
}

/// Registers of 256 bits.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
pub(crate) fn with_avx2(rgba: &[u8], gray: &mut [u8]) {
    anywhere(rgba, gray);
}

/// What the build may rely on, SSE2 or NEON; or what the caller is compiled for.
#[inline(always)]
pub(crate) fn anywhere(rgba: &[u8], gray: &mut [u8]) {
    let (blocks, last_pixels) = rgba.as_chunks::<64>();
    let (grays, last_grays) = gray.as_chunks_mut::<16>();
    for (pixels, gray) in blocks.iter().zip(grays) {
        *gray = sixteen(u8x64::from_array(*pixels)).to_array();
    }
    fixed_point::to_gray(last_pixels, last_grays);
}

/// Lanes of 16 bits hold red and green, then blue and alpha, as in `wide`. There is no `dot` here,
/// so neighbours are added by adding each pixel to itself, moved up by half: the upper half is then
/// 256 × luma, which with a half to round by still fits.
#[inline(always)]
fn sixteen(pixels: u8x64) -> u8x16 {
    let lanes = u16x32::from_le_bytes(pixels);
    let red_blue = lanes & Simd::splat(0xff);
    let green_alpha = lanes >> Simd::splat(8);
    let sums = red_blue * weights(54, 19) + green_alpha * weights(183, 0);
    let sums = u32x16::from_le_bytes(sums.to_le_bytes());
    ((sums + (sums << Simd::splat(16)) + Simd::splat(128 << 16)) >> Simd::splat(24)).cast()
}

#[inline(always)]
fn weights(even: u16, odd: u16) -> u16x32 {
    u16x32::from_array(std::array::from_fn(|lane| if lane % 2 == 0 { even } else { odd }))
}
