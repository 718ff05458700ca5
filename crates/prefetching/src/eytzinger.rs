//! The table in breadth-first order: the children of entry k are entries 2k and 2k + 1, as in a
//! heap. Khuong and Morin, "Array Layouts for Comparison-Based Searching", 2017; the order is that
//! of Michaël Eytzinger's family tables of 1590.

use crate::prefetch::prefetch;

/// A sorted table in breadth-first order.
#[derive(Debug)]
pub struct Eytzinger {
    words: Vec<u32>,
    /// Where the entries start, so that entry 0 opens a cache line.
    start: usize,
}

/// For each address the end of its block.
pub fn ends_of(addresses: &[u32], table: &Eytzinger) -> Vec<u32> {
    addresses.iter().map(|&address| table.end_of(address)).collect()
}

impl Eytzinger {
    /// From sorted ends of blocks.
    pub fn new(ends: &[u32]) -> Self {
        let mut words = vec![u32::MAX; 15 + 1 + ends.len()];
        let start = words.as_ptr().align_offset(64).min(15);
        words.truncate(start + 1 + ends.len());
        let entries = &mut words[start..];
        let levels = usize::BITS - ends.len().leading_zeros();
        let last = (ends.len() + 1) - (1 << levels >> 1); // entries on the last level
        for level in 0..levels {
            let spacing = 1 << (levels - level);
            let (first, slots) = (spacing / 2 - 1, &mut entries[1 << level..]);
            for (slot, rank) in slots.iter_mut().take(1 << level).zip((first..).step_by(spacing)) {
                // The rank in a tree without gaps, less the gaps on the last level before it.
                *slot = ends[rank - rank.div_ceil(2).saturating_sub(last)];
            }
        }
        Self { words, start }
    }

    /// The first end that is not below the address.
    #[inline]
    fn end_of(&self, address: u32) -> u32 {
        let entries = &self.words[self.start..];
        let mut at = 1;
        while at < entries.len() {
            prefetch(entries, at * 16); // the sixteen great-great-grandchildren share one line
            at = 2 * at + usize::from(entries[at] < address);
        }
        // The turns taken are the bits of `at`. The answer is where it last turned left; entry 0,
        // if it never did.
        entries[at >> (at.trailing_ones() + 1)]
    }
}
