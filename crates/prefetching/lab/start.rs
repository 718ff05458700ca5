//! The block of each address: a binary search in the sorted ends, one after the other.

/// For each address the end of its block.
pub fn ends_of(addresses: &[u32], ends: &[u32]) -> Vec<u32> {
    // TODO: make it faster; the ends must stay the same.
    addresses.iter().map(|&address| end_of(address, ends)).collect()
}

/// The first end that is not below the address.
fn end_of(address: u32, ends: &[u32]) -> u32 {
    let block = ends.partition_point(|&end| end < address);
    ends.get(block).copied().unwrap_or(u32::MAX)
}
