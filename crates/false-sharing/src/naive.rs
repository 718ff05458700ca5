//! One vector for each statistic, with a counter for each worker. No two workers write to the same
//! counter.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::load::{Load, Request, Totals};

/// Statistics that a monitor may read at any time.
pub struct Statistics {
    bytes: Vec<AtomicU64>,
    errors: Vec<AtomicU64>,
    slow: Vec<AtomicU64>,
}

impl Statistics {
    /// Nothing counted yet.
    pub fn new(workers: usize) -> Self {
        let zeros = || (0..workers).map(|_| AtomicU64::new(0)).collect();
        Self { bytes: zeros(), errors: zeros(), slow: zeros() }
    }

    /// What the worker writes to with each request.
    pub fn hot(&self, worker: usize) -> &AtomicU64 {
        &self.bytes[worker]
    }

    /// Counts what a worker has answered. A function, so that listings have a name for it.
    #[inline(never)]
    pub fn add(&self, worker: usize, requests: &[Request]) {
        let bytes = &self.bytes[worker];
        let errors = &self.errors[worker];
        let slow = &self.slow[worker];
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
        Totals {
            bytes: self.bytes[worker].load(Relaxed),
            errors: self.errors[worker].load(Relaxed),
            slow: self.slow[worker].load(Relaxed),
        }
    }
}

/// What each worker has done when all requests are answered.
pub fn count(load: &Load) -> Vec<Totals> {
    let statistics = Statistics::new(load.workers());
    load.divide(|worker, requests| statistics.add(worker, requests));
    (0..load.workers()).map(|worker| statistics.totals(worker)).collect()
}
