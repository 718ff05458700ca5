//! `transpose`, which RustFFT is built on: tiles for middling sizes, recursion for large ones.

/// Writes the transpose of `rows` times `columns` values.
pub fn transpose(source: &[f32], target: &mut [f32], rows: usize, columns: usize) {
    transpose::transpose(source, target, columns, rows);
}
