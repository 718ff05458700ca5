//! Sort a copy, then compare neighbours.

/// The largest difference between two values that are neighbours in order; 0 for fewer than two.
pub fn largest_gap(values: &[u32]) -> u64 {
    let mut sorted = values.to_vec();
    sorted.sort();
    sorted.windows(2).map(|pair| u64::from(pair[1] - pair[0])).max().unwrap_or(0)
}
