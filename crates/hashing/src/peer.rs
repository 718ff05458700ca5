//! `hashbrown` with `foldhash`, and all that we can give them: borrowed keys and words from masks.

use crate::counts::Counts;
use crate::summary::Summary;
use crate::word_masks::Words;

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    let mut counts = Counts::default();
    for word in Words::new(text) {
        counts.add(&text[word]);
    }
    counts.summarize()
}
