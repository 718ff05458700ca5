//! What one worker writes lies together, and starts on a cache line of its own.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::load::{Load, Request, Totals};

/// What one worker writes. A type is as large as its alignment, so no two share a line.
#[derive(Default)]
#[repr(align(64))]
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
            bytes.fetch_add(u64::from(request.bytes), Relaxed);
            if request.is_error() {
                errors.fetch_add(1, Relaxed);
            }
            if request.is_slow() {
                slow.fetch_add(1, Relaxed);
            }
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
