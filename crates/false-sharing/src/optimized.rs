//! A worker counts in its registers and publishes its totals after each thousand requests.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::load::{Load, Request, Totals};

/// Requests after which a monitor sees new totals.
const OFTEN: usize = 1_024;

/// What one worker publishes, alone in a pair of lines.
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
        let mut totals = self.totals(worker); // nobody else adds to them
        for some in requests.chunks(OFTEN) {
            for request in some {
                totals.bytes += u64::from(request.bytes);
                totals.errors += u64::from(request.is_error());
                totals.slow += u64::from(request.is_slow());
            }
            bytes.store(totals.bytes, Relaxed);
            errors.store(totals.errors, Relaxed);
            slow.store(totals.slow, Relaxed);
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
