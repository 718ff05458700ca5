//! `select` with one integer for each document, instead of a float and a number: a comparison needs
//! neither a second one for ties nor the float's own order worked out anew.

use crate::scores::{Documents, key, number, rank};

/// The numbers of the best documents, best first.
pub fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
    let scored = documents.scores().zip(0..);
    let mut keys: Vec<i64> = scored.map(|(score, number)| key(rank(score), number)).collect();
    if wanted < keys.len() {
        keys.select_nth_unstable_by(wanted, |a, b| b.cmp(a));
        keys.truncate(wanted);
    }
    keys.sort_unstable_by(|a, b| b.cmp(a));
    keys.into_iter().map(number).collect()
}
