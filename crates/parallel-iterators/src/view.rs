//! What is looked at, and how far a point gets: the same for every rung.

/// After so many steps a point counts as one that never escapes.
pub const MOST_STEPS: u16 = 256;

/// A rectangle of the complex plane, to be looked at pixel by pixel, row by row from the top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// Real part of the first pixel.
    pub left: f64,
    /// Imaginary part of the first pixel.
    pub top: f64,
    /// From one pixel to the next, in both directions.
    pub step: f64,
    /// Pixels in a row; at least one.
    pub width: usize,
    /// Pixels in all; the last row may be cut short.
    pub pixels: usize,
}

impl View {
    /// `pixels` over a rectangle that is half again as wide as high.
    pub(crate) fn new(left: f64, top: f64, extent: f64, pixels: usize) -> Self {
        let width = ((pixels as f64 * 1.5).sqrt() as usize).max(1);
        Self { left, top, step: extent / width as f64, width, pixels }
    }

    /// How many steps z² + c (Brooks and Matelski, 1978; Mandelbrot, 1980) takes from zero until
    /// it leaves the circle from which there is no return, c being where a pixel is.
    #[inline]
    pub fn steps(&self, pixel: usize) -> u16 {
        let re = self.left + (pixel % self.width) as f64 * self.step;
        let im = self.top - (pixel / self.width) as f64 * self.step;
        let (mut x, mut y) = (0.0, 0.0);
        for step in 0..MOST_STEPS {
            let (xx, yy) = (x * x, y * y);
            if xx + yy > 4.0 {
                return step;
            }
            y = 2.0 * x * y + im;
            x = xx - yy + re;
        }
        MOST_STEPS
    }
}
