//! The number of channels is part of the type: the same function, compiled once for each layout
//! that is usual, and a match that chooses.

use crate::naive;

/// Writes each frame, multiplied by the matrix of gains, whose rows belong to the channels of
/// `out`.
pub fn remix(channels: usize, gains: &[f32], frames: &[f32], out: &mut [f32]) {
    match channels {
        1 => remix_n::<1>(gains, frames, out),
        2 => remix_n::<2>(gains, frames, out),
        4 => remix_n::<4>(gains, frames, out),
        6 => remix_n::<6>(gains, frames, out),
        8 => remix_n::<8>(gains, frames, out),
        _ => naive::remix(channels, gains, frames, out),
    }
}

fn remix_n<const N: usize>(gains: &[f32], frames: &[f32], out: &mut [f32]) {
    let rows = gains.as_chunks::<N>().0.first_chunk::<N>().expect("a square matrix");
    for (frame, out) in frames.as_chunks::<N>().0.iter().zip(out.as_chunks_mut::<N>().0) {
        for (row, out) in rows.iter().zip(out) {
            *out = row.iter().zip(frame).map(|(gain, sample)| gain * sample).sum();
        }
    }
}
