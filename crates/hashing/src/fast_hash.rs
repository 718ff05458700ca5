//! The same map with another hash function: `ahash` for SipHash.

use ahash::AHashMap;

use crate::summary::Summary;
use crate::words::words;

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    let mut counts: AHashMap<String, u64> = AHashMap::new();
    for word in words(text) {
        *counts.entry(word.to_owned()).or_default() += 1;
    }
    counts.iter().map(|(word, &count)| (word.as_str(), count)).collect()
}
