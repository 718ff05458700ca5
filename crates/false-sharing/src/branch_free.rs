//! Every request is added to all three counters, an error or a slow answer as one and any other as
//! nothing: what is added without a condition needs no jump.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::load::{Load, Request, Totals};

/// What one worker writes, alone in a pair of lines.
#[derive(Default)]
#[repr(align(128))]
pub struct Counters {
    bytes: AtomicU64,
    errors: AtomicU64,
    slow: AtomicU64,
}

/// Statistics that a monitor may read at any time.
pub struct Statistics(Vec<Counters>);

impl Statistics {
    /// Nothing counted yet.
    pub fn new(workers: usize) -> Self {
        Self((0..workers).map(|_| Counters::default()).collect())
    }

    /// What the worker writes to with each request.
    pub fn hot(&self, worker: usize) -> &AtomicU64 {
        &self.0[worker].bytes
    }

    /// Counts what a worker has answered. A function, so that listings have a name for it.
    #[inline(never)]
    pub fn add(&self, worker: usize, requests: &[Request]) {
        let Counters { bytes, errors, slow } = &self.0[worker];
        for request in requests {
            add(bytes, u64::from(request.bytes));
            add(errors, u64::from(request.is_error()));
            add(slow, u64::from(request.is_slow()));
        }
    }

    /// What the worker has done so far.
    pub fn totals(&self, worker: usize) -> Totals {
        let Counters { bytes, errors, slow } = &self.0[worker];
        Totals {
            bytes: bytes.load(Relaxed),
            errors: errors.load(Relaxed),
            slow: slow.load(Relaxed),
        }
    }
}

/// What each worker has done when all requests are answered.
pub fn count(load: &Load) -> Vec<Totals> {
    let statistics = Statistics::new(load.workers());
    load.divide(|worker, requests| statistics.add(worker, requests));
    (0..load.workers()).map(|worker| statistics.totals(worker)).collect()
}

/// Adds to a counter that nobody else writes to.
#[inline]
fn add(counter: &AtomicU64, amount: u64) {
    counter.store(counter.load(Relaxed) + amount, Relaxed);
}
