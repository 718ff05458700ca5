//! `nalgebra`: matrices with their sides in the type for the usual layouts, and a matrix product
//! with sides known at run time for the others.

use nalgebra::{DMatrix, DMatrixView, DMatrixViewMut, SMatrix, SVector};

/// Writes each frame, multiplied by the matrix of gains, whose rows belong to the channels of
/// `out`.
pub fn remix(channels: usize, gains: &[f32], frames: &[f32], out: &mut [f32]) {
    match channels {
        1 => remix_n::<1>(gains, frames, out),
        2 => remix_n::<2>(gains, frames, out),
        4 => remix_n::<4>(gains, frames, out),
        6 => remix_n::<6>(gains, frames, out),
        8 => remix_n::<8>(gains, frames, out),
        _ => {
            let count = frames.len() / channels;
            let gains = DMatrix::from_row_slice(channels, channels, gains);
            let frames = DMatrixView::from_slice(frames, channels, count);
            DMatrixViewMut::from_slice(out, channels, count).gemm(1.0, &gains, &frames, 0.0);
        }
    }
}

fn remix_n<const N: usize>(gains: &[f32], frames: &[f32], out: &mut [f32]) {
    let gains = SMatrix::<f32, N, N>::from_row_slice(gains);
    for (frame, out) in frames.as_chunks::<N>().0.iter().zip(out.as_chunks_mut::<N>().0) {
        *out = (gains * SVector::from(*frame)).into();
    }
}
