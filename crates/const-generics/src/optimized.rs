//! Columns that fill whole registers: six gains and two zeros make one of eight lanes, which is
//! stored in one piece. What it writes too much is the beginning of the next frame, written next.
//!
//! A number that is not listed gets a constant height too: its columns are cut into panels.
//!
//! The same source is compiled again for AVX2 and AVX-512, and that is chosen with the layout.

use crate::columns::{times, transposed};
use crate::panels::Panels;
use crate::vectors::Vectors;

/// Gains for frames of `N` channels, in columns of `HIGH`.
#[derive(Debug, Clone)]
pub struct Matrix<const N: usize, const HIGH: usize> {
    columns: [[f32; HIGH]; N],
    #[cfg_attr(not(target_arch = "x86_64"), expect(dead_code, reason = "nothing to choose here"))]
    vectors: Vectors,
}

/// A matrix for as many channels as there are.
#[derive(Debug, Clone)]
pub enum Mixer {
    /// One channel.
    Mono(Matrix<1, 1>),
    /// Left and right.
    Stereo(Matrix<2, 2>),
    /// Four corners.
    Quad(Matrix<4, 4>),
    /// 5.1.
    Surround(Matrix<6, 8>),
    /// 7.1.
    Theatre(Matrix<8, 8>),
    /// Another number of channels, of which one panel is enough.
    Few(Panels<8>),
    /// Any other number.
    Many(Panels<16>),
}

impl<const N: usize, const HIGH: usize> Matrix<N, HIGH> {
    /// A matrix given by its rows, for these instructions if the processor has them.
    ///
    /// # Panics
    /// If it is not square.
    pub fn new(gains: &[f32], vectors: Vectors) -> Self {
        const { assert!(N <= HIGH) }
        let rows: &[[f32; N]; N] = gains.as_chunks().0.try_into().expect("a square matrix");
        Self { columns: transposed(rows), vectors: vectors.or_portable() }
    }

    /// Writes each frame, multiplied by the matrix. Other frames than of `N` channels do not
    /// compile.
    pub fn remix(&self, frames: &[[f32; N]], out: &mut [[f32; N]]) {
        #[cfg(target_arch = "x86_64")]
        if self.vectors != Vectors::Portable {
            // SAFETY: `new` has seen that the processor has AVX2, with or without AVX-512.
            return unsafe { self.remix_avx2(frames, out) };
        }
        self.remix_any(frames, out);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn remix_avx2(&self, frames: &[[f32; N]], out: &mut [[f32; N]]) {
        self.remix_any(frames, out);
    }

    #[inline(always)] // so that it is compiled with the features of its caller
    fn remix_any(&self, frames: &[[f32; N]], out: &mut [[f32; N]]) {
        let frames = &frames[..frames.len().min(out.len())];
        // So many frames at the end have no room behind them.
        let (most, last) = frames.split_at(frames.len().saturating_sub(HIGH.div_ceil(N) - 1));
        let (out_last, flat) = (most.len(), out.as_flattened_mut());
        for (at, frame) in most.iter().enumerate() {
            flat[at * N..][..HIGH].copy_from_slice(&times(&self.columns, frame));
        }
        for (frame, out) in last.iter().zip(&mut out[out_last..]) {
            out.copy_from_slice(&times(&self.columns, frame)[..N]);
        }
    }
}

impl Mixer {
    /// A matrix of gains, whose rows belong to the channels of what is written, for these
    /// instructions if the processor has them.
    ///
    /// # Panics
    /// If it is not square.
    pub fn new(channels: usize, gains: &[f32], vectors: Vectors) -> Self {
        match channels {
            1 => Self::Mono(Matrix::new(gains, vectors)),
            2 => Self::Stereo(Matrix::new(gains, vectors)),
            4 => Self::Quad(Matrix::new(gains, vectors)),
            6 => Self::Surround(Matrix::new(gains, vectors)),
            8 => Self::Theatre(Matrix::new(gains, vectors)),
            3 | 5 | 7 => Self::Few(Panels::new(channels, gains, vectors)),
            _ => Self::Many(Panels::new(channels, gains, vectors)),
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
            Self::Few(panels) => panels.remix(frames, out),
            Self::Many(panels) => panels.remix(frames, out),
        }
    }
}
