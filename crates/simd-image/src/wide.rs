//! Eight pixels at a time in portable vectors, sixteen bits a channel.

use wide::bytemuck::cast;
use wide::{i16x8, i16x16, i32x8, u8x16, u16x16};

use crate::fixed_point;

/// Writes the BT.709 luma of each RGBA pixel, within 1 of the exact value.
pub fn to_gray(rgba: &[u8], gray: &mut [u8]) {
    let (blocks, last_pixels) = rgba.as_chunks::<64>();
    let (grays, last_grays) = gray.as_chunks_mut::<16>();
    for (pixels, gray) in blocks.iter().zip(grays) {
        let [low, high]: [[u8; 32]; 2] = cast(*pixels);
        *gray = cast(u8x16::narrow_i16x8(eight(low), eight(high)));
    }
    fixed_point::to_gray(last_pixels, last_grays);
}

/// Lanes of 16 bits hold red and green, then blue and alpha. Masking and shifting part them without
/// a shuffle, and `dot` multiplies lanes and adds neighbours: red to blue, green to alpha, whose
/// weight is 0.
#[inline]
fn eight(pixels: [u8; 32]) -> i16x8 {
    let lanes: u16x16 = cast(pixels);
    let red_blue: i16x16 = cast(lanes & u16x16::splat(0xff));
    let green_alpha: i16x16 = cast(lanes >> 8);
    let sums = red_blue.dot(weights(54, 19)) + green_alpha.dot(weights(183, 0));
    i16x8::from_i32x8_saturate((sums + i32x8::splat(128)) >> 8)
}

#[inline]
fn weights(even: i16, odd: i16) -> i16x16 {
    cast([[even, odd]; 8])
}
