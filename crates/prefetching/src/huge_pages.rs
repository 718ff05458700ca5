//! The same tree and the same batches, in pages of 2 MiB: an address is then found among a few
//! hundred pages instead of tens of thousands, so that hardly any miss needs a second one for the
//! page table (Navarro et al., "Practical, transparent operating system support for superpages",
//! 2002).

use std::mem::MaybeUninit;

use crate::node::Node;
use crate::s_tree::Tree;

/// What the system is asked for.
const HUGE: usize = 2 << 20;

/// A copy of the tree in memory for which huge pages were asked before it was written to.
pub fn copy(tree: &Tree) -> Tree {
    let copy = |nodes: &Vec<Node>| {
        let mut copy = Vec::with_capacity(nodes.len());
        ask(copy.spare_capacity_mut());
        copy.extend_from_slice(nodes);
        copy
    };
    Tree { inner: tree.inner.iter().map(copy).collect(), leaves: copy(&tree.leaves) }
}

/// Asks for huge pages where some fit.
#[cfg(target_os = "linux")]
fn ask(memory: &mut [MaybeUninit<Node>]) {
    use rustix::mm::{Advice, madvise};
    let (start, bytes) = (memory.as_mut_ptr().cast::<u8>(), size_of_val(memory));
    let before = start.align_offset(HUGE);
    let Some(bytes) = bytes.checked_sub(before).map(|rest| rest / HUGE * HUGE) else { return };
    if bytes > 0 {
        // SAFETY: these bytes are part of the slice, and the advice does not change what they hold.
        // Refused only where the rung is not run, and then small pages serve as well.
        let _ = unsafe { madvise(start.wrapping_add(before).cast(), bytes, Advice::LinuxHugepage) };
    }
}

/// Other systems are not asked.
#[cfg(not(target_os = "linux"))]
fn ask(_: &mut [MaybeUninit<Node>]) {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use harness::huge_pages;

    #[test]
    fn a_large_copy_asks_for_huge_pages_and_holds_the_same() {
        let ends: Vec<u32> = (0..1 << 22).collect();
        let tree = Tree::new(&ends);
        let copy = copy(&tree);
        assert!(copy.leaves == tree.leaves && copy.inner == tree.inner);
        let middle = |tree: &Tree| &raw const tree.leaves[tree.leaves.len() / 2];
        if huge_pages::given().is_ok() {
            assert_eq!(huge_pages::asked_for(middle(&copy)), Some(true));
        }
        assert_ne!(huge_pages::asked_for(middle(&tree)), Some(true));
    }
}
