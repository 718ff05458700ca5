//! Looks at sixty-three bits of each word.

/// The rows for which all filters hold.
pub fn matching([a, b, c]: &[Vec<u64>; 3]) -> Vec<u32> {
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
