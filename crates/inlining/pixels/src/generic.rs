//! The loop as a generic function: what is generic is compiled where it is used, closure and all.

use crate::{Samples, View};

impl View<'_> {
    /// Folds over the pairs of pixels that are `apart` pixels apart in a row.
    pub fn fold_pairs<B>(&self, apart: usize, init: B, mut f: impl FnMut(B, u8, u8) -> B) -> B {
        let mut all = init;
        for y in 0..self.height {
            match self.samples {
                Samples::Gray(samples) => {
                    let row = &samples[y * self.width..][..self.width];
                    let pairs = row.iter().zip(row.get(apart..).unwrap_or_default());
                    all = pairs.fold(all, |all, (&a, &b)| f(all, a, b));
                }
                Samples::Linear(_) => {
                    for x in apart..self.width {
                        all = f(all, self.luma(x - apart, y), self.luma(x, y));
                    }
                }
            }
        }
        all
    }
}
