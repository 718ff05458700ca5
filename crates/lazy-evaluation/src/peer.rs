//! `itertools` keeps a buffer of twice as many as are wanted and thins it out by selection.

use itertools::Itertools;

use crate::scores::{Documents, key, number, rank};

/// The numbers of the best documents, best first.
pub fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
    let keys = documents.scores().zip(0..).map(|(score, number)| key(rank(score), number));
    keys.k_largest_relaxed(wanted.min(documents.len())).map(number).collect()
}
