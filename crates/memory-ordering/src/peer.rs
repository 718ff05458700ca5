//! `AtomicCell` of `crossbeam-utils`: any value of any size, behind a version like ours.

use crossbeam_utils::atomic::AtomicCell;

use super::totals::Totals;

/// What one thread publishes and any thread reads, in a pair of cache lines of its own.
#[derive(Default)]
#[repr(align(128))]
pub struct Board {
    totals: AtomicCell<Totals>,
    orders: AtomicCell<u64>,
}

impl Board {
    /// Nothing traded yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces the totals.
    pub fn publish(&self, totals: Totals) {
        self.totals.store(totals);
    }

    /// Totals of one moment.
    pub fn try_read(&self) -> Option<Totals> {
        Some(self.totals.load())
    }

    /// Counts an order; any thread may.
    pub fn order(&self) {
        self.orders.fetch_add(1);
    }

    /// Orders counted so far.
    pub fn orders(&self) -> u64 {
        self.orders.load()
    }
}
