//! A filter and a collect.

/// The values below the limit, in their order.
pub fn below(limit: u32, values: &[u32]) -> Vec<u32> {
    values.iter().copied().filter(|&value| value < limit).collect()
}
