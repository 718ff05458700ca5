//! The accessor behind a trait object: one function for pictures of any kind.

use crate::View;

/// What has a brightness at each of its pixels.
pub trait Luma {
    /// Pixels in a row.
    fn width(&self) -> usize;

    /// Rows.
    fn height(&self) -> usize;

    /// How bright the eye finds a pixel.
    fn luma(&self, x: usize, y: usize) -> u8;
}

impl Luma for View<'_> {
    fn width(&self) -> usize {
        self.width
    }

    fn height(&self) -> usize {
        self.height
    }

    /// The body itself, so that there is one call behind the table, and not a second one.
    fn luma(&self, x: usize, y: usize) -> u8 {
        self.luma_inlined(x, y)
    }
}
