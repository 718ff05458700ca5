//! The same tree, many addresses in step, layer by layer. As soon as it is known on which line a
//! search goes on, the line is asked for; it arrives while the others are being moved.

use crate::node::Node;
use crate::prefetch::prefetch;
use crate::s_tree::Tree;

/// Searches under way at once.
pub const GROUP: usize = 64;

/// For each address the end of its block.
pub fn ends_of(addresses: &[u32], tree: &Tree) -> Vec<u32> {
    by_groups(addresses, tree, |node, address| node.below(address))
}

/// Takes the addresses in groups, the last filled up; `below` says how many keys of a node are
/// below an address.
#[inline(always)] // so that it is compiled with the features of its caller
pub fn by_groups(addresses: &[u32], tree: &Tree, below: impl Fn(&Node, u32) -> usize) -> Vec<u32> {
    let (groups, rest) = addresses.as_chunks::<GROUP>();
    let mut found = Vec::with_capacity(addresses.len());
    for group in groups {
        found.extend(group_ends(group, tree, &below));
    }
    if !rest.is_empty() {
        let mut last = [0; GROUP];
        last[..rest.len()].copy_from_slice(rest);
        found.extend(&group_ends(&last, tree, &below)[..rest.len()]);
    }
    found
}

/// The first ends that are not below each address.
#[inline(always)]
fn group_ends(
    group: &[u32; GROUP],
    tree: &Tree,
    below: &impl Fn(&Node, u32) -> usize,
) -> [u32; GROUP] {
    let (mut at, mut found) = ([0; GROUP], [0; GROUP]);
    let next = tree.inner.iter().skip(1).chain([&tree.leaves]);
    for (layer, next) in tree.inner.iter().zip(next) {
        for (at, &address) in at.iter_mut().zip(group) {
            *at = *at * 17 + below(&layer[*at], address);
            prefetch(next, *at);
        }
    }
    for (found, (&at, &address)) in found.iter_mut().zip(at.iter().zip(group)) {
        let leaf = &tree.leaves[at];
        *found = leaf.0[below(leaf, address)];
    }
    found
}
