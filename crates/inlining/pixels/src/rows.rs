//! A row at a time: a function that need not be inlined, since it is called once a row, and one
//! that is generic, for rows too short for a call.

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

    /// Folds over the rows, each as the brightness of all its pixels.
    pub fn fold_rows<B>(&self, init: B, mut f: impl FnMut(B, &[u8]) -> B) -> B {
        match self.samples {
            Samples::Gray(samples) => (0..self.height)
                .fold(init, |all, y| f(all, &samples[y * self.width..][..self.width])),
            Samples::Linear(_) => {
                let mut scratch = Vec::new();
                (0..self.height).fold(init, |all, y| f(all, self.row(y, &mut scratch)))
            }
        }
    }
}
