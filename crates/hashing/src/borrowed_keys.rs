//! The keys are slices of the text, which outlives the map: nothing is allocated for a word, new or
//! known.

use ahash::AHashMap;

use crate::summary::Summary;
use crate::words::words;

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    let mut counts: AHashMap<&str, u64> = AHashMap::new();
    for word in words(text) {
        *counts.entry(word).or_default() += 1;
    }
    counts.iter().map(|(&word, &count)| (word, count)).collect()
}
