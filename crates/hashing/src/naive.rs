//! The standard library's map with a `String` for each key: `entry` wants to own the word before it
//! looks.

use std::collections::HashMap;

use crate::summary::Summary;
use crate::words::words;

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    let mut counts: HashMap<String, u64> = HashMap::new();
    for word in words(text) {
        *counts.entry(word.to_owned()).or_default() += 1;
    }
    counts.iter().map(|(word, &count)| (word.as_str(), count)).collect()
}
