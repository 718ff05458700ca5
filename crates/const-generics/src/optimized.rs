//! Columns that fill whole registers: six gains and two zeros make one of eight lanes, which is
//! stored in one piece. What it writes too much is the beginning of the next frame, written next.
//!
//! The same source is compiled a second time for AVX2, and that is chosen with the layout.

use crate::columns::{times, transposed};
use crate::naive;

/// Gains for frames of `N` channels, in columns of `HIGH`.
#[derive(Debug, Clone)]
pub struct Matrix<const N: usize, const HIGH: usize> {
    columns: [[f32; HIGH]; N],
    #[cfg_attr(not(target_arch = "x86_64"), expect(dead_code, reason = "there is no AVX2 here"))]
    avx2: bool,
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
    /// Any other number of channels, with the gains by rows.
    Other(usize, Vec<f32>),
}

/// Whether this processor has AVX2.
pub fn avx2() -> bool {
    #[cfg(target_arch = "x86_64")]
    return is_x86_feature_detected!("avx2");
    #[cfg(not(target_arch = "x86_64"))]
    false
}

impl<const N: usize, const HIGH: usize> Matrix<N, HIGH> {
    /// A matrix given by its rows, for the instructions that every processor has, or for AVX2 if
    /// this one has it.
    ///
    /// # Panics
    /// If it is not square.
    pub fn new(gains: &[f32], wide: bool) -> Self {
        const { assert!(N <= HIGH) }
        let rows: &[[f32; N]; N] = gains.as_chunks().0.try_into().expect("a square matrix");
        Self { columns: transposed(rows), avx2: wide && avx2() }
    }

    /// Writes each frame, multiplied by the matrix. Other frames than of `N` channels do not
    /// compile.
    pub fn remix(&self, frames: &[[f32; N]], out: &mut [[f32; N]]) {
        #[cfg(target_arch = "x86_64")]
        if self.avx2 {
            // SAFETY: `new` sets this only where the processor has AVX2.
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
    /// A matrix of gains, whose rows belong to the channels of what is written.
    ///
    /// # Panics
    /// If it is not square.
    pub fn new(channels: usize, gains: &[f32], wide: bool) -> Self {
        match channels {
            1 => Self::Mono(Matrix::new(gains, wide)),
            2 => Self::Stereo(Matrix::new(gains, wide)),
            4 => Self::Quad(Matrix::new(gains, wide)),
            6 => Self::Surround(Matrix::new(gains, wide)),
            8 => Self::Theatre(Matrix::new(gains, wide)),
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
