//! Relaxed where that is proven to be enough, and one fence on each side for all words together.
//!
//! The proof is that of Boehm, "Can Seqlocks Get Along With Programming Language Memory Models?",
//! 2012: whoever has seen a new word has, after the fence, also seen that the version is odd.

use super::sync::{
    AtomicU64,
    Ordering::{Acquire, Relaxed, Release},
    fence,
};
use super::totals::Totals;

/// What one thread publishes and any thread reads, in a pair of cache lines of its own.
#[derive(Default)]
#[repr(align(128))]
pub struct Board {
    version: AtomicU64,
    words: [AtomicU64; 4],
    orders: AtomicU64,
}

impl Board {
    /// Nothing traded yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces the totals. Only one thread may publish.
    pub fn publish(&self, totals: Totals) {
        let version = self.version.load(Relaxed); // its own
        self.version.store(version + 1, Relaxed); // odd: under way
        fence(Release); // the odd version before all words
        for (word, value) in self.words.iter().zip(totals.words()) {
            word.store(value, Relaxed);
        }
        self.version.store(version + 2, Release); // all words before the even version
    }

    /// Totals of one moment, or nothing if they are just being replaced.
    pub fn try_read(&self) -> Option<Totals> {
        let before = self.version.load(Acquire); // the version before all words
        let words = self.words.each_ref().map(|word| word.load(Relaxed));
        fence(Acquire); // all words before the version
        let after = self.version.load(Relaxed);
        (before == after && before.is_multiple_of(2)).then(|| Totals::from_words(words))
    }

    /// Counts an order; any thread may.
    pub fn order(&self) {
        self.orders.fetch_add(1, Relaxed);
    }

    /// Orders counted so far.
    pub fn orders(&self) -> u64 {
        self.orders.load(Relaxed)
    }
}
