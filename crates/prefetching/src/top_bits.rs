//! A table says for the first sixteen bits of an address where to look: only the few blocks are
//! searched that end in that part of the address space. The idea is that of DIR-24-8 (Gupta, Lin
//! and McKeown, "Routing Lookups in Hardware at Memory Access Speeds", 1998).

use crate::prefetch::prefetch;

/// Bits of an address behind those that the table is asked for.
const LOW: u32 = 16;

/// Searches under way at once.
const GROUP: usize = 64;

/// How many ends are below each multiple of 2¹⁶.
#[derive(Debug)]
pub struct TopBits(Vec<u32>);

impl TopBits {
    /// From sorted ends of blocks.
    pub fn new(ends: &[u32]) -> Self {
        let mut below = vec![0; (1 << (32 - LOW)) + 1];
        for end in ends {
            below[(end >> LOW) as usize + 1] += 1;
        }
        for at in 1..below.len() {
            below[at] += below[at - 1];
        }
        Self(below)
    }

    /// Bytes of the table.
    pub fn bytes(&self) -> usize {
        size_of_val(&self.0[..])
    }

    /// From which end to which the search goes on.
    #[inline]
    fn range(&self, address: u32) -> (usize, usize) {
        let top = (address >> LOW) as usize;
        (self.0[top] as usize, self.0[top + 1] as usize)
    }
}

/// For each address the end of its block.
pub fn ends_of(addresses: &[u32], table: &TopBits, ends: &[u32]) -> Vec<u32> {
    let mut found = Vec::with_capacity(addresses.len());
    for group in addresses.chunks(GROUP) {
        let mut ranges = [(0, 0); GROUP];
        for (range, &address) in ranges.iter_mut().zip(group) {
            *range = table.range(address);
            prefetch(ends, range.0.midpoint(range.1));
        }
        found.extend(group.iter().zip(ranges).map(|(&address, (from, to))| {
            let block = from + ends[from..to].partition_point(|&end| end < address);
            ends.get(block).copied().unwrap_or(u32::MAX)
        }));
    }
    found
}
