//! Halve the longer side until little is left: some level of this suits each cache, and none of
//! them had to be named (Frigo, Leiserson, Prokop and Ramachandran, "Cache-Oblivious Algorithms",
//! 1999).

use crate::tiles::{LINE, tile};
use std::ops::Range;

/// Writes the transpose of `rows` times `columns` values.
pub fn transpose(source: &[f32], target: &mut [f32], rows: usize, columns: usize) {
    part(source, target, (rows, columns), 0..rows, 0..columns);
}

/// Writes the part of the target that these rows and columns of the source become.
fn part(
    source: &[f32],
    target: &mut [f32],
    shape: (usize, usize),
    rows: Range<usize>,
    columns: Range<usize>,
) {
    if rows.len().max(columns.len()) <= LINE {
        tile(source, target, shape, rows, columns);
    } else if rows.len() >= columns.len() {
        let half = rows.start + rows.len() / 2;
        part(source, target, shape, rows.start..half, columns.clone());
        part(source, target, shape, half..rows.end, columns);
    } else {
        let half = columns.start + columns.len() / 2;
        part(source, target, shape, rows.clone(), columns.start..half);
        part(source, target, shape, rows, half..columns.end);
    }
}
