//! The same sums in the same order, all channels side by side: a column of gains times one sample.

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
    let columns = transposed(rows);
    for (frame, out) in frames.as_chunks::<N>().0.iter().zip(out.as_chunks_mut::<N>().0) {
        *out = times(&columns, frame);
    }
}

/// The columns of a matrix that is given by its rows, with zeros below them if `HIGH` exceeds `N`.
pub fn transposed<const N: usize, const HIGH: usize>(rows: &[[f32; N]; N]) -> [[f32; HIGH]; N] {
    let at = |row: usize, column: usize| rows.get(row).map_or(0.0, |row: &[f32; N]| row[column]);
    std::array::from_fn(|column| std::array::from_fn(|row| at(row, column)))
}

/// A matrix times a frame.
#[inline(always)] // so that it is compiled with the features of its caller
pub fn times<const N: usize, const HIGH: usize>(
    columns: &[[f32; HIGH]; N],
    frame: &[f32; N],
) -> [f32; HIGH] {
    let mut sums = [-0.0; HIGH]; // what `sum` starts from: it adds nothing, not even a sign
    for (column, sample) in columns.iter().zip(frame) {
        for (sum, gain) in sums.iter_mut().zip(column) {
            *sum += gain * sample;
        }
    }
    sums
}
