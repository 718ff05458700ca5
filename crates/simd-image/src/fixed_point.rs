//! The same weights in 256ths: eight bits in and eight bits out need no floating point in between.

/// Writes the BT.709 luma of each RGBA pixel, within 1 of the exact value.
pub fn to_gray(rgba: &[u8], gray: &mut [u8]) {
    for (pixel, gray) in rgba.chunks_exact(4).zip(gray) {
        let [red, green, blue] = [0, 1, 2].map(|channel| u32::from(pixel[channel]));
        *gray = ((54 * red + 183 * green + 19 * blue + 128) >> 8) as u8;
    }
}
