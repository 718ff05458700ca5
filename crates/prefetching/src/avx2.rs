//! The batches once more, compiled for AVX2 and for POPCNT. No intrinsic: the compiler finds the
//! vectors, as long as it may use them.

use crate::optimized::{Vectors, ends_of_with};
use crate::s_tree::Tree;

/// What the processor must have.
///
/// # Errors
/// Says what is missing.
pub fn needs() -> Result<(), String> {
    Vectors::Avx2.needs()
}

/// For each address the end of its block.
pub fn ends_of(addresses: &[u32], tree: &Tree) -> Vec<u32> {
    ends_of_with(Vectors::Avx2, addresses, tree)
}
