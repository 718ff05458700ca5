//! The tree of `optimized` in pages of 2 MiB: the same code on the same nodes.

use crate::s_tree::Tree;
use crate::{huge_pages, optimized};

/// For each address the end of its block.
pub fn ends_of(addresses: &[u32], tree: &Tree) -> Vec<u32> {
    optimized::ends_of(addresses, tree)
}

/// The tree in memory for which huge pages were asked.
pub fn copy(tree: &Tree) -> Tree {
    let inner = tree.inner.iter().map(|layer| huge_pages::copy(layer)).collect();
    Tree { inner, leaves: huge_pages::copy(&tree.leaves) }
}
