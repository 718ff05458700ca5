//! The accessor with only its hot part to be inlined. What is rare or large stays a call.

use crate::{Samples, View};

impl View<'_> {
    /// [`luma`](Self::luma), of which the usual case is ready to be inlined.
    ///
    /// # Panics
    /// If there is no such pixel.
    #[inline]
    pub fn luma_outlined(&self, x: usize, y: usize) -> u8 {
        if x < self.width
            && y < self.height
            && let Samples::Gray(samples) = self.samples
        {
            return samples[y * self.width + x];
        }
        self.other(x, y)
    }

    /// Another format, or no pixel at all.
    #[inline(never)]
    #[cold]
    fn other(&self, x: usize, y: usize) -> u8 {
        self.luma(x, y)
    }
}
