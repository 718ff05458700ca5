//! `ordsearch`: a sorted collection in breadth-first order.

use ordsearch::OrderedCollection;

/// For each address the end of its block.
pub fn ends_of(addresses: &[u32], table: &OrderedCollection<u32>) -> Vec<u32> {
    addresses.iter().map(|&address| *table.find_gte(address).unwrap_or(&u32::MAX)).collect()
}
