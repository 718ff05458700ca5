//! Equal values need not keep their order: an unstable sort needs no second buffer.

/// The largest difference between two values that are neighbours in order; 0 for fewer than two.
pub fn largest_gap(values: &[u32]) -> u64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).map(|pair| u64::from(pair[1] - pair[0])).max().unwrap_or(0)
}
