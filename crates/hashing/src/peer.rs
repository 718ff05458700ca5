//! `hashbrown` with `foldhash`, and all that we can give them: borrowed keys and words from masks. `HashTable` lets the
//! caller hash, so that nothing but the word's bytes goes into the hash.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::Summary;
use crate::word_masks::Words;

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    let random = RandomState::default();
    let hash = |word: &str| {
        let mut hasher = random.build_hasher();
        hasher.write(word.as_bytes());
        hasher.finish()
    };
    let mut counts: HashTable<(&str, u64)> = HashTable::new();
    for word in Words::new(text) {
        let word = &text[word];
        let entry = counts.entry(hash(word), |known| known.0 == word, |known| hash(known.0));
        entry.or_insert((word, 0)).into_mut().1 += 1;
    }
    counts.into_iter().collect()
}
