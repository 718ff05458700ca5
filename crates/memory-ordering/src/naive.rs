//! A `Mutex` around the totals: whoever reads or publishes has them for itself.

use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::totals::Totals;

/// What one thread publishes and any thread reads, in a pair of cache lines of its own.
#[derive(Default)]
#[repr(align(128))]
pub struct Board {
    totals: Mutex<Totals>,
    orders: AtomicU64,
}

impl Board {
    /// Nothing traded yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces the totals.
    pub fn publish(&self, totals: Totals) {
        *self.lock() = totals;
    }

    /// Totals of one moment.
    pub fn try_read(&self) -> Option<Totals> {
        Some(*self.lock())
    }

    /// Counts an order; any thread may.
    pub fn order(&self) {
        self.orders.fetch_add(1, SeqCst);
    }

    /// Orders counted so far.
    pub fn orders(&self) -> u64 {
        self.orders.load(SeqCst)
    }

    fn lock(&self) -> MutexGuard<'_, Totals> {
        // Totals are replaced as a whole: whoever panicked has left none half written.
        self.totals.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
