//! A static B+ tree whose nodes are cache lines (Slotin, "Static B-Trees", 2022, whose S+ tree this
//! is): seventeen ways to go on for each line fetched, instead of two.

use crate::node::Node;

/// A sorted table in layers of nodes, from the root to the leaves. There are no pointers: the
/// children of node k are nodes 17k to 17k + 16 of the next layer.
#[derive(Debug)]
pub struct Tree {
    /// Layers above the leaves; the root first.
    pub inner: Vec<Vec<Node>>,
    /// The table in its order, and behind it at least one key that no address is above.
    pub leaves: Vec<Node>,
}

/// For each address the end of its block.
pub fn ends_of(addresses: &[u32], tree: &Tree) -> Vec<u32> {
    addresses.iter().map(|&address| tree.end_of(address)).collect()
}

impl Tree {
    /// From sorted ends of blocks.
    pub fn new(ends: &[u32]) -> Self {
        let (full, rest) = ends.as_chunks::<16>();
        let mut last = [u32::MAX; 16];
        last[..rest.len()].copy_from_slice(rest);
        let leaves: Vec<Node> = full.iter().chain([&last]).map(|&keys| Node(keys)).collect();
        let mut inner = Vec::new();
        let (mut nodes, mut span) = (leaves.len(), 1); // of a layer, and leaves below each of them
        while nodes > 1 {
            // A key is the greatest below a child; a child that is missing is never asked for.
            let greatest = |child: usize| {
                leaves.get((child + 1) * span - 1).map_or(u32::MAX, |leaf| leaf.0[15])
            };
            let parent = |at: usize| Node(std::array::from_fn(|key| greatest(at * 17 + key)));
            nodes = nodes.div_ceil(17);
            inner.push((0..nodes).map(parent).collect());
            span *= 17;
        }
        inner.reverse();
        Self { inner, leaves }
    }

    /// The first end that is not below the address.
    #[inline]
    fn end_of(&self, address: u32) -> u32 {
        let mut at = 0;
        for layer in &self.inner {
            at = at * 17 + layer[at].below(address);
        }
        let leaf = &self.leaves[at];
        leaf.0[leaf.below(address)]
    }

    /// Bytes of all layers.
    pub fn bytes(&self) -> usize {
        (self.inner.iter().map(Vec::len).sum::<usize>() + self.leaves.len()) * size_of::<Node>()
    }
}
