//! Words, then a decoder without a branch per row: count first, so that the answer is allocated once, and write
//! eight rows at a time whether or not there are eight.
//!
//! How many bits of a word are set is random, so a loop over them ends at a random moment and the processor
//! guesses wrong about once a word. Writing a fixed eight (Langdale and Lemire, "Parsing Gigabytes of JSON per
//! Second", 2019) makes that end predictable for sparse answers; what was written too much is overwritten next.

/// Rows written at a time.
const AT_A_TIME: usize = 8;

/// The rows for which all filters hold.
pub fn matching([a, b, c]: &[Vec<u64>; 3]) -> Vec<u32> {
    let words = || a.iter().zip(b).zip(c).map(|((a, b), c)| a & b & c);
    let count: usize = words().map(|word| word.count_ones() as usize).sum();

    let mut rows = vec![0; count + AT_A_TIME];
    let mut end = 0;
    for (at, mut word) in words().enumerate() {
        let mut left = word.count_ones() as usize;
        let mut from = end;
        end += left;
        while left > 0 {
            for row in &mut rows[from..from + AT_A_TIME] {
                *row = at as u32 * 64 + word.trailing_zeros();
                word &= word.wrapping_sub(1); // clears the lowest set bit
            }
            from += AT_A_TIME;
            left = left.saturating_sub(AT_A_TIME);
        }
    }
    rows.truncate(count);
    rows
}
