//! `hashbrown` with `foldhash`, and all that we can give them: borrowed keys and words from masks.
//! `HashTable` lets the caller hash, so that nothing but the word's bytes goes into the hash.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::Summary;
use crate::word_masks::Words;

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    let mut counts = Counts::default();
    for word in Words::new(text) {
        counts.add(&text[word]);
    }
    counts.summarize()
}

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
