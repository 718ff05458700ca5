//! Sixty-four bytes are judged at once, without a branch; words begin and end where neighbouring
//! bits differ.
//!
//! The technique is that of Langdale and Lemire, "Parsing Gigabytes of JSON per Second", 2019.

use std::ops::Range;

use ahash::AHashMap;

use crate::summary::Summary;

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    let mut counts: AHashMap<&str, u64> = AHashMap::new();
    for word in Words::new(text) {
        *counts.entry(&text[word]).or_default() += 1;
    }
    counts.iter().map(|(&word, &count)| (word, count)).collect()
}

/// The ranges of a text that are words, as [`crate::words()`] has them.
#[derive(Debug)]
pub struct Words<'a> {
    text: &'a [u8],
    /// Where the next block of 64 bytes begins.
    next: usize,
    /// A bit for each byte of the current block at which a word begins or ends.
    edges: u64,
    /// 1 if the current block ended within a word.
    open: u64,
}

impl<'a> Words<'a> {
    /// All words of `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text: text.as_bytes(), next: 0, edges: 0, open: 0 }
    }

    #[inline]
    fn edge(&mut self) -> Option<usize> {
        while self.edges == 0 {
            let rest = self.text.get(self.next..)?; // one block beyond the end closes the last word
            let mask = match rest.first_chunk() {
                Some(block) => word_mask(block),
                None => last_mask(rest),
            };
            self.edges = mask ^ (mask << 1 | self.open);
            self.open = mask >> 63;
            self.next += 64;
        }
        let at = self.next - 64 + self.edges.trailing_zeros() as usize;
        self.edges &= self.edges - 1;
        Some(at)
    }
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        Some(self.edge()?..self.edge()?)
    }
}

/// A bit for each byte that belongs to a word, the first byte's lowest.
#[inline]
fn word_mask(block: &[u8; 64]) -> u64 {
    let flags = block.map(|byte| u8::from(byte >= 0x80 || byte.is_ascii_alphanumeric()));
    let (eights, _) = flags.as_chunks();
    // The product moves the lowest bit of byte i to bit 56 + i.
    eights.iter().rev().fold(0, |mask, &eight| {
        mask << 8 | u64::from_le_bytes(eight).wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

#[cold]
fn last_mask(rest: &[u8]) -> u64 {
    let mut block = [b' '; 64];
    block[..rest.len()].copy_from_slice(rest);
    word_mask(&block)
}
