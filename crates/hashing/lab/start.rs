//! The words of a text, counted in a map.

use std::collections::HashMap;

use hashing::{Summary, words};

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    // TODO: make it faster; the summary must stay the same.
    let mut counts: HashMap<String, u64> = HashMap::new();
    for word in words(text) {
        *counts.entry(word.to_owned()).or_default() += 1;
    }
    counts.iter().map(|(word, &count)| (word.as_str(), count)).collect()
}
