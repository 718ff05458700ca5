//! `SeqLock` of `seqlock`: a sequence lock with a lock of its own for writers.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use seqlock::SeqLock;

use super::totals::Totals;

/// What one thread publishes and any thread reads, in a pair of cache lines of its own.
#[derive(Default)]
#[repr(align(128))]
pub struct Board {
    totals: SeqLock<Totals>,
    orders: AtomicU64,
}

impl Board {
    /// Nothing traded yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces the totals.
    pub fn publish(&self, totals: Totals) {
        *self.totals.lock_write() = totals;
    }

    /// Totals of one moment.
    pub fn try_read(&self) -> Option<Totals> {
        Some(self.totals.read())
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
