//! Two loops: take each value and put it where it belongs.

/// Writes the transpose of `rows` times `columns` values.
pub fn transpose(source: &[f32], target: &mut [f32], rows: usize, columns: usize) {
    for row in 0..rows {
        for column in 0..columns {
            target[column * rows + row] = source[row * columns + column];
        }
    }
}
