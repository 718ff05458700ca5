//! Turns whole squares and leaves what fills none.

const SIDE: usize = 16;

/// Writes the transpose of `rows` times `columns` values.
pub fn transpose(source: &[f32], target: &mut [f32], rows: usize, columns: usize) {
    for top in (0..rows / SIDE * SIDE).step_by(SIDE) {
        for left in (0..columns / SIDE * SIDE).step_by(SIDE) {
            for column in left..left + SIDE {
                for row in top..top + SIDE {
                    target[column * rows + row] = source[row * columns + column];
                }
            }
        }
    }
}
