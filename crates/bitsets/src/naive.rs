//! One `bool` per row: what `Vec<bool>` gives, one byte each.

/// The rows for which all filters hold.
pub fn matching([a, b, c]: &[Vec<bool>; 3]) -> Vec<u32> {
    a.iter()
        .zip(b)
        .zip(c)
        .enumerate()
        .filter(|&(_, ((a, b), c))| *a && *b && *c)
        .map(|(row, _)| row as u32)
        .collect()
}
