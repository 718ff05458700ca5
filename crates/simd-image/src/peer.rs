//! `yuv`, which video software uses: gray is the Y of YUV 4:0:0. It picks its instructions at run
//! time, too.

use yuv::{BufferStoreMut, YuvGrayImageMut, YuvRange, YuvStandardMatrix, rgba_to_yuv400};

/// Writes the BT.709 luma of each RGBA pixel, within 1 of the exact value.
///
/// # Panics
/// If there are not four bytes for each gray, or 2³⁰ of them and more.
pub fn to_gray(rgba: &[u8], gray: &mut [u8]) {
    if gray.is_empty() {
        return; // `yuv` takes an empty image for an error
    }
    // Rows without padding are one long row, which spares the loop over rows.
    let width = u32::try_from(gray.len()).expect("fewer than 2³⁰ pixels");
    let y_plane = BufferStoreMut::Borrowed(gray);
    let mut image = YuvGrayImageMut { y_plane, y_stride: width, width, height: 1 };
    rgba_to_yuv400(&mut image, rgba, width * 4, YuvRange::Full, YuvStandardMatrix::Bt709)
        .expect("both buffers have the size that is said");
}
