//! A picture, and how the other crate is shown it.

use inlining_pixels::{Samples, View};

/// How far apart the pixels are that are compared.
pub const APART: usize = 2;

/// A picture of one kind or the other.
#[derive(Debug)]
pub struct Shot {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) samples: Owned,
}

/// Its pixels, row by row.
#[derive(Debug)]
pub(crate) enum Owned {
    Gray(Vec<u8>),
    Linear(Vec<f32>),
}

impl Shot {
    /// A picture of bytes.
    pub fn gray(width: usize, height: usize, samples: Vec<u8>) -> Self {
        Self { width, height, samples: Owned::Gray(samples) }
    }

    /// A picture of light.
    pub fn linear(width: usize, height: usize, samples: Vec<f32>) -> Self {
        Self { width, height, samples: Owned::Linear(samples) }
    }

    /// The other crate's view of it.
    pub fn view(&self) -> View<'_> {
        View::new(self.width, self.height, self.samples())
    }

    pub(crate) fn samples(&self) -> Samples<'_> {
        match &self.samples {
            Owned::Gray(samples) => Samples::Gray(samples),
            Owned::Linear(samples) => Samples::Linear(samples),
        }
    }

    /// Bytes that any rung must read.
    pub fn bytes(&self) -> usize {
        match &self.samples {
            Owned::Gray(samples) => samples.len(),
            Owned::Linear(samples) => samples.len() * 4,
        }
    }
}
