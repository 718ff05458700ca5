//! A gray picture, as a small crate of images would offer it.

/// Pixels row by row.
pub struct Picture {
    pixels: Vec<u8>,
    width: usize,
    height: usize,
}

impl Picture {
    /// A picture of waves with some noise.
    pub fn waves(width: usize, height: usize, seed: u64) -> Picture {
        let mut random = crate::Random::new(seed);
        let pixels = (0..width * height)
            .map(|at| ((at % width / 7 * 13 + at / width / 5 * 11) as u8) / 2)
            .map(|pixel| pixel + (random.number() % 16) as u8)
            .collect();
        Picture { pixels, width, height }
    }

    /// Pixels in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    fn index(&self, x: usize, y: usize) -> usize {
        assert!(x < self.width && y < self.height, "({x}, {y}) is outside of the picture");
        y * self.width + x
    }

    /// A pixel by its place.
    pub fn pixel(&self, x: usize, y: usize) -> u8 {
        self.pixels[self.index(x, y)]
    }

    /// A row of pixels.
    pub fn row(&self, y: usize) -> &[u8] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }
}
