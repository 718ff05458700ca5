//! Binary search in the sorted slice, one address after the other.

/// For each address the end of its block.
pub fn ends_of(addresses: &[u32], ends: &[u32]) -> Vec<u32> {
    addresses.iter().map(|&address| end_of(address, ends)).collect()
}

/// The first end that is not below the address.
fn end_of(address: u32, ends: &[u32]) -> u32 {
    let block = ends.partition_point(|&end| end < address);
    ends.get(block).copied().unwrap_or(u32::MAX)
}
