//! Asks Unicode what a letter is: signs beyond ASCII then separate, and here they do not.

use std::collections::HashMap;

use hashing::Summary;

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    let mut counts: HashMap<&str, u64> = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word).or_default() += 1;
    }
    counts.into_iter().collect()
}
