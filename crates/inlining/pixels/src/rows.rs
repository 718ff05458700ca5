//! A row at a time: nothing here is inlined, and nothing needs to be.

use crate::{Samples, View};

impl View<'_> {
    /// The brightness of all pixels of a row; written to `scratch` if it is not there already.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row<'a>(&'a self, y: usize, scratch: &'a mut Vec<u8>) -> &'a [u8] {
        assert!(y < self.height, "no row {y} in {} rows", self.height);
        match self.samples {
            Samples::Gray(samples) => &samples[y * self.width..][..self.width],
            Samples::Linear(_) => {
                scratch.clear();
                scratch.extend((0..self.width).map(|x| self.luma(x, y)));
                scratch
            }
        }
    }
}
