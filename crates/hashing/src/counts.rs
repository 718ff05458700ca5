//! Counts by word, of any length: `hashbrown` with `foldhash`. `HashTable` lets the caller hash, so
//! that nothing but the word's bytes goes into the hash.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::summary::Summary;

/// Counts by word, of any length.
#[derive(Debug, Default)]
pub struct Counts<'a> {
    table: HashTable<(&'a str, u64)>,
    random: RandomState,
}

impl<'a> Counts<'a> {
    /// Counts a word once more, or as new.
    #[inline]
    pub fn add(&mut self, word: &'a str) {
        let hash = |word: &str| {
            let mut hasher = self.random.build_hasher();
            hasher.write(word.as_bytes());
            hasher.finish()
        };
        let entry = self.table.entry(hash(word), |known| known.0 == word, |known| hash(known.0));
        entry.or_insert((word, 0)).into_mut().1 += 1;
    }

    /// A summary of all words.
    pub fn summarize(&self) -> Summary {
        self.table.iter().copied().collect()
    }
}
