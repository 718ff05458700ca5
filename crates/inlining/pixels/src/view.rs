//! A picture and the accessor that everybody writes: it checks its arguments, says what is wrong
//! with them, and knows each format.

/// The samples of a picture, row by row.
#[derive(Debug, Clone, Copy)]
pub enum Samples<'a> {
    /// As a screen wants it: encoded for the eye.
    Gray(&'a [u8]),
    /// As a sensor gives it: proportional to the light, from 0 to 1.
    Linear(&'a [f32]),
}

/// A picture that somebody else owns.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) samples: Samples<'a>,
}

impl<'a> View<'a> {
    /// A picture of `width` samples a row.
    ///
    /// # Panics
    /// If there are not as many samples as pixels.
    #[inline] // one for each picture, and no part of what is told here
    pub fn new(width: usize, height: usize, samples: Samples<'a>) -> Self {
        let count = match samples {
            Samples::Gray(samples) => samples.len(),
            Samples::Linear(samples) => samples.len(),
        };
        assert_eq!(count, width * height, "samples for {width} by {height} pixels");
        Self { width, height, samples }
    }

    /// Pixels in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// How bright the eye finds a pixel.
    ///
    /// # Panics
    /// If there is no such pixel.
    pub fn luma(&self, x: usize, y: usize) -> u8 {
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
