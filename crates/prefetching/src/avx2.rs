//! The batches once more, compiled for AVX2 and for POPCNT. No intrinsic: the compiler finds the
//! vectors, as long as it may use them.

use crate::batches;
use crate::s_tree::Tree;
use crate::vectors::Vectors;

/// What the processor must have.
///
/// # Errors
/// Says what is missing.
pub fn needs() -> Result<(), String> {
    Vectors::Avx2.needs()
}

/// For each address the end of its block.
pub fn ends_of(addresses: &[u32], tree: &Tree) -> Vec<u32> {
    #[cfg(target_arch = "x86_64")]
    if needs().is_ok() {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { x86::ends_of(addresses, tree) };
    }
    batches::ends_of(addresses, tree)
}

#[cfg(target_arch = "x86_64")]
pub(crate) mod x86 {
    use crate::batches::by_groups;
    use crate::s_tree::Tree;

    #[target_feature(enable = "avx2,popcnt")]
    pub(crate) fn ends_of(addresses: &[u32], tree: &Tree) -> Vec<u32> {
        by_groups(addresses, tree, |node, address| node.below(address))
    }
}
