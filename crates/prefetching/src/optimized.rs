//! The batches with the widest vectors that the processor has, which is asked at run time: with 512
//! bits a node is a single register, and a comparison gives a mask of it.

#[cfg(target_arch = "x86_64")]
use crate::avx2;
use crate::batches;
use crate::s_tree::Tree;
use crate::vectors::Vectors;

/// For each address the end of its block.
pub fn ends_of(addresses: &[u32], tree: &Tree) -> Vec<u32> {
    ends_of_with(Vectors::best(), addresses, tree)
}

/// The same with chosen vectors; the portable way where the processor lacks them.
pub fn ends_of_with(vectors: Vectors, addresses: &[u32], tree: &Tree) -> Vec<u32> {
    #[cfg(target_arch = "x86_64")]
    match vectors {
        // SAFETY: this processor has what the function was compiled for.
        Vectors::Avx512 if vectors.needs().is_ok() => unsafe {
            return x86::ends_of(addresses, tree);
        },
        // SAFETY: as above.
        Vectors::Avx2 if vectors.needs().is_ok() => unsafe {
            return avx2::x86::ends_of(addresses, tree);
        },
        _ => {}
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = vectors;
    batches::ends_of(addresses, tree)
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use crate::batches::by_groups;
    use crate::node::Node;
    use crate::s_tree::Tree;
    use std::arch::x86_64::*;

    /// By an intrinsic: from the source of `avx2` the compiler takes the mask apart, bit by bit.
    #[target_feature(enable = "avx512f,popcnt")]
    pub(super) fn ends_of(addresses: &[u32], tree: &Tree) -> Vec<u32> {
        by_groups(addresses, tree, |node, address| below(node, address))
    }

    #[target_feature(enable = "avx512f,popcnt")]
    fn below(Node(keys): &Node, address: u32) -> usize {
        // SAFETY: a node is 64 bytes, aligned to 64.
        let keys = unsafe { _mm512_load_si512(keys.as_ptr().cast()) };
        _mm512_cmplt_epu32_mask(keys, _mm512_set1_epi32(address as i32)).count_ones() as usize
    }
}
