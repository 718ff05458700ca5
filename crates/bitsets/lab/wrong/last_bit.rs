//! Looks at sixty-three bits of each word.

use bitsets::Index;

/// The rows for which all filters hold.
pub fn matching(index: &Index) -> Vec<u32> {
    let [a, b, c] = &index.words;
    let mut rows = Vec::new();
    for (at, ((a, b), c)) in a.iter().zip(b).zip(c).enumerate() {
        let word = a & b & c;
        for bit in 0..63 {
            if word >> bit & 1 == 1 {
                rows.push(at as u32 * 64 + bit);
            }
        }
    }
    rows
}
