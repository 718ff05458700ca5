//! Keep only the best so far, the worst of them on top: a document that does not beat it is
//! forgotten at once, and nothing is stored for it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::scores::{Documents, key, number, rank};

/// The numbers of the best documents, best first.
pub fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
    let mut keys = documents.scores().zip(0..).map(|(score, number)| key(rank(score), number));
    let mut heap: BinaryHeap<Reverse<i64>> = keys.by_ref().take(wanted).map(Reverse).collect();
    for key in keys {
        if let Some(mut worst) = heap.peek_mut()
            && key > worst.0
        {
            *worst = Reverse(key);
        }
    }
    heap.into_sorted_vec().into_iter().map(|Reverse(key)| number(key)).collect()
}
