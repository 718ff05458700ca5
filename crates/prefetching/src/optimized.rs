//! The batches with the widest vectors that the processor has, which is asked at run time: with 512
//! bits a node is a single register, and a comparison gives a mask of it.

use crate::batches;
use crate::s_tree::Tree;

/// Instructions that the search of a node may be compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vectors {
    /// Those of every processor of this architecture.
    Portable,
    /// AVX2 and POPCNT.
    Avx2,
    /// AVX-512 and POPCNT.
    Avx512,
}

impl Vectors {
    /// The widest that this processor has.
    fn best() -> Self {
        let widest = [Self::Avx512, Self::Avx2].into_iter().find(|vectors| vectors.needs().is_ok());
        widest.unwrap_or(Self::Portable)
    }

    /// What the processor must have.
    ///
    /// # Errors
    /// Says what is missing.
    pub fn needs(self) -> Result<(), String> {
        #[cfg(target_arch = "x86_64")]
        let there = match self {
            Self::Portable => true,
            Self::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("popcnt"),
            Self::Avx512 => {
                is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("popcnt")
            }
        };
        #[cfg(not(target_arch = "x86_64"))]
        let there = self == Self::Portable;
        if there { Ok(()) } else { Err(format!("this processor has no {self:?}")) }
    }
}

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
            return x86::ends_of_avx512(addresses, tree);
        },
        // SAFETY: as above.
        Vectors::Avx2 if vectors.needs().is_ok() => unsafe {
            return x86::ends_of_avx2(addresses, tree);
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

    /// No intrinsic is needed: the compiler finds the vectors, as long as it may use them.
    #[target_feature(enable = "avx2,popcnt")]
    pub(super) fn ends_of_avx2(addresses: &[u32], tree: &Tree) -> Vec<u32> {
        by_groups(addresses, tree, |node, address| node.below(address))
    }

    /// Here one is: from the same source the compiler takes the mask apart, bit by bit.
    #[target_feature(enable = "avx512f,popcnt")]
    pub(super) fn ends_of_avx512(addresses: &[u32], tree: &Tree) -> Vec<u32> {
        by_groups(addresses, tree, |node, address| below(node, address))
    }

    #[target_feature(enable = "avx512f,popcnt")]
    fn below(Node(keys): &Node, address: u32) -> usize {
        // SAFETY: a node is 64 bytes, aligned to 64.
        let keys = unsafe { _mm512_load_si512(keys.as_ptr().cast()) };
        _mm512_cmplt_epu32_mask(keys, _mm512_set1_epi32(address as i32)).count_ones() as usize
    }
}
