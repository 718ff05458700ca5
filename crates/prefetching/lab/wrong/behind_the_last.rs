//! An address behind the last end gets the last end: the search ends there, and nobody asks whether
//! it found anything.

use std::hint::select_unpredictable;

const GROUP: usize = 64;

/// For each address the end of its block.
pub fn ends_of(addresses: &[u32], ends: &[u32]) -> Vec<u32> {
    let mut found = Vec::with_capacity(addresses.len());
    for part in addresses.chunks(GROUP) {
        let mut group = [0; GROUP];
        group[..part.len()].copy_from_slice(part);
        found.extend(&group_ends(&group, ends)[..part.len()]);
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
    from.map(|from| match ends {
        [] => u32::MAX,
        _ => ends[from],
    })
}
