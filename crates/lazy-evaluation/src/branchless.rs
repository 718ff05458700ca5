//! In a block with a candidate nobody asks which it is: each document is stored behind the last
//! candidate, and unless it is one itself, the next is stored over it.

use crate::blocks::{BLOCK, Kept, best_by};
use crate::scores::{Documents, key};

/// The numbers of the best documents, best first.
pub fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
    best_by(documents, wanted, add)
}

#[inline(always)] // so that it is compiled with the features of its caller
pub(crate) fn add(kept: &mut Kept, ranks: &[i32; BLOCK], first: u32) {
    let floor = key(kept.floor, u32::MAX); // the least key of that rank
    let before = kept.keys.len();
    kept.keys.resize(before + BLOCK, 0);
    let mut found = 0;
    if let Some(end) = kept.keys.last_chunk_mut::<BLOCK>() {
        for (&rank, number) in ranks.iter().zip(first..) {
            let key = key(rank, number);
            end[found % BLOCK] = key; // the remainder is the number itself, and spares a check
            found += usize::from(key >= floor);
        }
    }
    kept.keys.truncate(before + found);
}
