//! Compares with the largest wanted value, which a limit of 0 does not have.

/// The values below the limit, in their order.
pub fn below(limit: u32, values: &[u32]) -> Vec<u32> {
    let largest = limit.wrapping_sub(1);
    let mut kept = vec![0; values.len()];
    let mut end = 0;
    for &value in values {
        kept[end] = value;
        end += usize::from(value <= largest);
    }
    kept.truncate(end);
    kept
}
