//! The definition, pixel by pixel, in floating point.

/// Writes the BT.709 luma of each RGBA pixel, rounded half up.
pub fn to_gray(rgba: &[u8], gray: &mut [u8]) {
    for (pixel, gray) in rgba.chunks_exact(4).zip(gray) {
        let [red, green, blue] = [0, 1, 2].map(|channel| f32::from(pixel[channel]));
        *gray = (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.5) as u8;
    }
}
