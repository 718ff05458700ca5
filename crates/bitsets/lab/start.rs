//! The rows for which three filters hold: one `bool` for each row, asked one by one.

use bitsets::Index;

/// The rows for which all filters hold.
pub fn matching(index: &Index) -> Vec<u32> {
    // TODO: make it faster; the rows must stay the same.
    let [a, b, c] = &index.bools;
    a.iter()
        .zip(b)
        .zip(c)
        .enumerate()
        .filter(|&(_, ((a, b), c))| *a && *b && *c)
        .map(|(row, _)| row as u32)
        .collect()
}
