//! A square at a time, as wide and as high as a cache line: what was fetched is used up before it
//! has to leave.

use std::ops::Range;

/// Values in a line of 64 bytes.
pub(crate) const LINE: usize = 16;

/// Writes the transpose of `rows` times `columns` values.
pub fn transpose(source: &[f32], target: &mut [f32], rows: usize, columns: usize) {
    for top in (0..rows).step_by(LINE) {
        for left in (0..columns).step_by(LINE) {
            let (bottom, right) = ((top + LINE).min(rows), (left + LINE).min(columns));
            tile(source, target, (rows, columns), top..bottom, left..right);
        }
    }
}

/// Writes the part of the target that these rows and columns of the source become.
#[inline(always)]
pub(crate) fn tile(
    source: &[f32],
    target: &mut [f32],
    (rows, columns): (usize, usize),
    taken_rows: Range<usize>,
    taken_columns: Range<usize>,
) {
    for column in taken_columns {
        let run = &mut target[column * rows..][taken_rows.clone()];
        for (to, row) in run.iter_mut().zip(taken_rows.clone()) {
            *to = source[row * columns + column];
        }
    }
}
