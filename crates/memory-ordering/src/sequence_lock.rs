//! A sequence lock, so that no reader makes the writer wait: a version that is odd while somebody
//! writes, with the strongest order for every access.

use super::sync::{AtomicU64, Ordering::SeqCst};
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
        self.version.fetch_add(1, SeqCst); // odd: under way
        for (word, value) in self.words.iter().zip(totals.words()) {
            word.store(value, SeqCst);
        }
        self.version.fetch_add(1, SeqCst);
    }

    /// Totals of one moment, or nothing if they are just being replaced.
    pub fn try_read(&self) -> Option<Totals> {
        let before = self.version.load(SeqCst);
        let words = self.words.each_ref().map(|word| word.load(SeqCst));
        let after = self.version.load(SeqCst);
        (before == after && before.is_multiple_of(2)).then(|| Totals::from_words(words))
    }

    /// Counts an order; any thread may.
    pub fn order(&self) {
        self.orders.fetch_add(1, SeqCst);
    }

    /// Orders counted so far.
    pub fn orders(&self) -> u64 {
        self.orders.load(SeqCst)
    }
}
