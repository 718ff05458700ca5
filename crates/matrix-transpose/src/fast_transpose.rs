//! `fast_transpose`, made for images: eight rows of eight values in registers, as in `registers`.

use fast_transpose::{FlipMode, FlopMode, transpose_plane_f32};

/// Writes the transpose of `rows` times `columns` values.
///
/// # Panics
/// If source or target have more or fewer values.
pub fn transpose(source: &[f32], target: &mut [f32], rows: usize, columns: usize) {
    let (flip, flop) = (FlipMode::NoFlip, FlopMode::Flop);
    transpose_plane_f32(source, columns, target, rows, columns, rows, flip, flop)
        .expect("a source and a target of this shape");
}
