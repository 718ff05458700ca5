//! `foldhash` in the standard library's map, with the same borrowed keys and the same words from masks.

use foldhash::{HashMap, HashMapExt};

use crate::Summary;
use crate::word_masks::Words;

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    let mut counts: HashMap<&str, u64> = HashMap::new();
    for word in Words::new(text) {
        *counts.entry(&text[word]).or_default() += 1;
    }
    counts.iter().map(|(&word, &count)| (word, count)).collect()
}
