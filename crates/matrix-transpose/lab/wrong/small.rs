//! Moves the last square back, so that it is whole: a matrix of less than one has no place for it.

const SIDE: usize = 16;

/// Writes the transpose of `rows` times `columns` values.
pub fn transpose(source: &[f32], target: &mut [f32], rows: usize, columns: usize) {
    for top in (0..rows).step_by(SIDE).map(|top| top.min(rows - SIDE)) {
        for left in (0..columns).step_by(SIDE).map(|left| left.min(columns - SIDE)) {
            for column in left..left + SIDE {
                for row in top..top + SIDE {
                    target[column * rows + row] = source[row * columns + column];
                }
            }
        }
    }
}
