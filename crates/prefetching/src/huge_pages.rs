//! The same table in pages of 2 MiB: where a page lies is then looked up among a few hundred pages
//! instead of tens of thousands, so that hardly any miss needs a second one for the page table
//! (Navarro et al., "Practical, transparent operating system support for superpages", 2002).

use std::mem::MaybeUninit;

use crate::naive;

/// What the system is asked for.
const HUGE: usize = 2 << 20;

/// For each address the end of its block: naive's search, whose slice lies in other pages.
pub fn ends_of(addresses: &[u32], ends: &[u32]) -> Vec<u32> {
    naive::ends_of(addresses, ends)
}

/// A copy in memory for which huge pages were asked before it was written to.
pub fn copy<T: Copy>(items: &[T]) -> Vec<T> {
    let mut copy = Vec::with_capacity(items.len());
    ask(copy.spare_capacity_mut());
    copy.extend_from_slice(items);
    copy
}

/// Asks for huge pages where some fit.
#[cfg(target_os = "linux")]
fn ask<T>(memory: &mut [MaybeUninit<T>]) {
    use rustix::mm::{Advice, madvise};
    let (start, bytes) = (memory.as_mut_ptr().cast::<u8>(), size_of_val(memory));
    let before = start.align_offset(HUGE);
    let Some(bytes) = bytes.checked_sub(before).map(|rest| rest / HUGE * HUGE) else { return };
    // SAFETY: these bytes, if any, are part of the slice, and the advice does not change what they
    // hold. Refused only where the rung is not run, and then small pages serve as well.
    let _ = unsafe { madvise(start.wrapping_add(before).cast(), bytes, Advice::LinuxHugepage) };
}

/// Other systems are not asked.
#[cfg(not(target_os = "linux"))]
fn ask<T>(_: &mut [MaybeUninit<T>]) {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use harness::huge_pages;

    #[test]
    fn a_large_copy_asks_for_huge_pages_and_holds_the_same() {
        let ends: Vec<u32> = (0..1 << 24).collect();
        let copy = copy(&ends);
        assert!(copy == ends);
        let middle = 1 << 23;
        if huge_pages::given().is_ok() {
            assert_eq!(huge_pages::asked_for(&raw const copy[middle]), Some(true));
        }
        assert_ne!(huge_pages::asked_for(&raw const ends[middle]), Some(true));
    }
}
