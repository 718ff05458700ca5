//! What unsafe code may believe of a shape that a caller names.

/// Refuses a shape that source and target do not have. The product is checked: a shape so large
/// that it wraps around to their length would let unsafe code leave them.
///
/// # Panics
/// If source or target are not `rows` times `columns` values.
pub(crate) fn check(source: &[f32], target: &[f32], rows: usize, columns: usize) {
    let values = rows.checked_mul(columns);
    let holds = values == Some(source.len()) && values == Some(target.len());
    assert!(holds, "source or target are not {rows} times {columns} values");
}
