//! The question is asked when the file is opened, and its answer is a type: a `Matrix<6>` has been
//! checked, turned into columns, and takes frames of six.

use crate::columns::{times, transposed};
use crate::naive;

/// Gains for frames of `N` channels.
#[derive(Debug, Clone)]
pub struct Matrix<const N: usize> {
    columns: [[f32; N]; N],
}

/// A matrix for as many channels as there are.
#[derive(Debug, Clone)]
pub enum Mixer {
    /// One channel.
    Mono(Matrix<1>),
    /// Left and right.
    Stereo(Matrix<2>),
    /// Four corners.
    Quad(Matrix<4>),
    /// 5.1.
    Surround(Matrix<6>),
    /// 7.1.
    Theatre(Matrix<8>),
    /// Any other number of channels, with the gains by rows.
    Other(usize, Vec<f32>),
}

impl<const N: usize> Matrix<N> {
    /// A matrix given by its rows.
    ///
    /// # Panics
    /// If it is not square.
    pub fn new(gains: &[f32]) -> Self {
        let rows: &[[f32; N]; N] = gains.as_chunks().0.try_into().expect("a square matrix");
        Self { columns: transposed(rows) }
    }

    /// Writes each frame, multiplied by the matrix. Other frames than of `N` channels do not
    /// compile.
    pub fn remix(&self, frames: &[[f32; N]], out: &mut [[f32; N]]) {
        for (frame, out) in frames.iter().zip(out) {
            *out = times(&self.columns, frame);
        }
    }
}

impl Mixer {
    /// A matrix of gains, whose rows belong to the channels of what is written.
    ///
    /// # Panics
    /// If it is not square.
    pub fn new(channels: usize, gains: &[f32]) -> Self {
        match channels {
            1 => Self::Mono(Matrix::new(gains)),
            2 => Self::Stereo(Matrix::new(gains)),
            4 => Self::Quad(Matrix::new(gains)),
            6 => Self::Surround(Matrix::new(gains)),
            8 => Self::Theatre(Matrix::new(gains)),
            _ => Self::Other(channels, gains.to_vec()),
        }
    }

    /// Writes each frame, multiplied by the matrix.
    pub fn remix(&self, frames: &[f32], out: &mut [f32]) {
        match self {
            Self::Mono(matrix) => matrix.remix(frames.as_chunks().0, out.as_chunks_mut().0),
            Self::Stereo(matrix) => matrix.remix(frames.as_chunks().0, out.as_chunks_mut().0),
            Self::Quad(matrix) => matrix.remix(frames.as_chunks().0, out.as_chunks_mut().0),
            Self::Surround(matrix) => matrix.remix(frames.as_chunks().0, out.as_chunks_mut().0),
            Self::Theatre(matrix) => matrix.remix(frames.as_chunks().0, out.as_chunks_mut().0),
            Self::Other(channels, gains) => naive::remix(*channels, gains, frames, out),
        }
    }
}
