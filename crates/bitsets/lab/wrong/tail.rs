//! Takes words in blocks of eight, to pass over empty ones at once, and leaves what fills no block.

/// The rows for which all filters hold.
pub fn matching(filters: &[Vec<u64>; 3]) -> Vec<u32> {
    let [a, b, c] = filters.each_ref().map(|words| words.as_chunks::<8>().0);
    let mut rows = Vec::new();
    for (block, ((a, b), c)) in a.iter().zip(b).zip(c).enumerate() {
        for at in 0..8 {
            let mut word = a[at] & b[at] & c[at];
            while word != 0 {
                rows.push((block * 8 + at) as u32 * 64 + word.trailing_zeros());
                word &= word - 1;
            }
        }
    }
    rows
}
