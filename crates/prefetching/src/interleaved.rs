//! Binary search in the same sorted slice, many addresses in step: all searches of a slice have
//! the same number of steps, so a group takes its first step, then its second, and so on. The
//! loads of a step do not wait for one another.

use std::hint::select_unpredictable;

/// Searches under way at once.
const GROUP: usize = 64;

/// For each address the end of its block.
pub fn ends_of(addresses: &[u32], ends: &[u32]) -> Vec<u32> {
    let (groups, rest) = addresses.as_chunks::<GROUP>();
    let mut found = Vec::with_capacity(addresses.len());
    for group in groups {
        found.extend(group_ends(group, ends));
    }
    if !rest.is_empty() {
        let mut last = [0; GROUP];
        last[..rest.len()].copy_from_slice(rest);
        found.extend(&group_ends(&last, ends)[..rest.len()]);
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
    // What is left is the block itself or, where all ends are below the address, the last.
    let mut found = *group;
    for (found, &from) in found.iter_mut().zip(&from) {
        *found = ends[from..].iter().take(2).copied().find(|end| end >= found).unwrap_or(u32::MAX);
    }
    found
}
