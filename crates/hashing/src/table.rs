//! The table of [`crate::packed_keys`] and [`crate::optimized`]: words in the order in which they
//! were first met, and an index of four bytes a slot that says where.
//!
//! Frequent words are met early. Their entries lie together at the front, and in the index they
//! have the slot that their hash asks for. Open addressing with linear probing: Peterson,
//! "Addressing for Random-Access Storage", 1957.

use std::hash::BuildHasher;
use std::ops::Range;

use crate::summary::Summary;

/// A word of one to sixteen bytes, little-endian, filled up with zeros. No word contains a zero
/// byte.
pub type Key = [u64; 2];

/// The word at this range of the text.
#[inline]
pub fn key(text: &str, word: Range<usize>) -> Key {
    let [low, high] = MASKS[word.len()];
    let bytes = match text.as_bytes()[word.start..].first_chunk() {
        Some(bytes) => u128::from_le_bytes(*bytes),
        None => last(&text.as_bytes()[word.start..]),
    };
    [bytes as u64 & low, (bytes >> 64) as u64 & high]
}

/// Ones in as many of the low bytes as the index says.
static MASKS: [Key; 17] = {
    let mut masks = [[u64::MAX; 2]; 17];
    let mut len = 0;
    while len < 16 {
        let mask = (1_u128 << (8 * len)) - 1;
        masks[len] = [mask as u64, (mask >> 64) as u64];
        len += 1;
    }
    masks
};

#[cold]
fn last(rest: &[u8]) -> u128 {
    let mut bytes = [0; 16];
    bytes[..rest.len()].copy_from_slice(rest);
    u128::from_le_bytes(bytes)
}

/// Slots of a new index. Few: a table of two words would wait for zeros that it never looks at.
const FIRST: usize = 16;

/// A word and how often it was met.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) key: Key,
    pub(crate) count: u64,
}

/// Counts by word.
#[derive(Debug)]
pub struct Table {
    /// A power of two of slots, at most half of them in use. A slot is the hash of a word with its
    /// low bits, which the position tells already, replaced by the number of its entry; or 0.
    pub(crate) index: Vec<u32>,
    /// The words in order of first appearance. Number 0 is no word, so that an empty slot leads
    /// somewhere, too.
    pub(crate) entries: Vec<Entry>,
    /// Secret, and another for each table.
    pub(crate) seeds: [u64; 2],
}

impl Default for Table {
    fn default() -> Self {
        Self::new()
    }
}

impl Table {
    /// An empty table, with a hash function of its own.
    pub fn new() -> Self {
        let random = foldhash::fast::RandomState::default();
        let mut entries = Vec::with_capacity(FIRST / 2 + 1);
        entries.push(Entry { key: [0; 2], count: 0 });
        let seeds = [random.hash_one(0), random.hash_one(1)];
        Self { index: vec![0; FIRST], entries, seeds }
    }

    /// One multiplication of 64 by 64 bits, upper half folded onto lower half, as in wyhash (Wang
    /// Yi, 2019) and foldhash. Without knowing the seeds nobody can say which words collide.
    #[inline]
    pub fn hash(&self, key: Key) -> u32 {
        let product = u128::from(key[0] ^ self.seeds[0]) * u128::from(key[1] ^ self.seeds[1]);
        (product as u64 ^ (product >> 64) as u64) as u32
    }

    /// Counts a word once more, or as new.
    #[inline(always)] // it has several callers, and in each a call would empty the registers
    pub fn add(&mut self, key: Key) {
        let hash = self.hash(key);
        let mask = self.index.len() - 1;
        let mut at = hash as usize & mask;
        while self.index[at] != 0 {
            let slot = self.index[at];
            let entry = &mut self.entries[slot as usize & mask];
            if (slot ^ hash) & !mask as u32 == 0 && entry.key == key {
                entry.count += 1;
                return;
            }
            at = (at + 1) & mask;
        }
        self.index[at] = hash & !mask as u32 | self.entries.len() as u32;
        self.entries.push(Entry { key, count: 1 });
        if self.entries.len() * 2 > self.index.len() {
            self.grow();
        }
    }

    #[cold]
    fn grow(&mut self) {
        let slots = self.index.len() * 4;
        let mask = slots - 1;
        assert!(u32::try_from(mask).is_ok(), "a slot has 32 bits");
        self.index = vec![0; slots];
        for (number, entry) in self.entries.iter().enumerate().skip(1) {
            let hash = self.hash(entry.key);
            let mut at = hash as usize & mask;
            while self.index[at] != 0 {
                at = (at + 1) & mask;
            }
            self.index[at] = hash & !mask as u32 | number as u32;
        }
    }

    /// Adds all words to a summary.
    pub fn summarize(&self, summary: &mut Summary) {
        for &Entry { key: [low, high], count } in &self.entries[1..] {
            let key = u128::from(low) | u128::from(high) << 64;
            let len = 16 - key.leading_zeros() as usize / 8;
            summary.add(&key.to_le_bytes()[..len], count);
        }
    }
}
