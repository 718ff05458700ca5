//! The accessor as it is, with `#[inline]`: its body goes into the library's metadata, and whoever
//! calls it compiles a copy.

use crate::{Samples, View};

impl View<'_> {
    /// [`luma`](Self::luma), ready to be inlined.
    ///
    /// # Panics
    /// If there is no such pixel.
    #[inline]
    pub fn luma_inlined(&self, x: usize, y: usize) -> u8 {
        let (width, height) = (self.width, self.height);
        assert!(x < width && y < height, "no pixel ({x}, {y}) in {width} by {height} pixels");
        let at = y * width + x;
        match self.samples {
            Samples::Gray(samples) => samples[at],
            Samples::Linear(samples) => {
                let light = samples[at];
                let encoded = if light <= 0.003_130_8 {
                    12.92 * light
                } else {
                    1.055 * light.powf(1.0 / 2.4) - 0.055
                };
                (encoded * 255.0 + 0.5) as u8
            }
        }
    }
}
