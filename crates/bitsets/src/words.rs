//! Sixty-four rows per instruction: AND whole words, then jump from set bit to set bit.

/// The rows for which all filters hold.
pub fn matching([a, b, c]: &[Vec<u64>; 3]) -> Vec<u32> {
    let mut rows = Vec::new();
    for (at, ((a, b), c)) in a.iter().zip(b).zip(c).enumerate() {
        let mut word = a & b & c;
        while word != 0 {
            rows.push(at as u32 * 64 + word.trailing_zeros());
            word &= word - 1; // clears the lowest set bit
        }
    }
    rows
}
