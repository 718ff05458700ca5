//! The rows for which three filters hold: one `bool` for each row, asked one by one.

/// The rows for which all filters hold.
pub fn matching([a, b, c]: &[Vec<bool>; 3]) -> Vec<u32> {
    // TODO: make it faster; the rows must stay the same.
    a.iter()
        .zip(b)
        .zip(c)
        .enumerate()
        .filter(|&(_, ((a, b), c))| *a && *b && *c)
        .map(|(row, _)| row as u32)
        .collect()
}
