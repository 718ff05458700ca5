//! The counters of one thread. Only that thread adds, so an addition need not be one step; anybody
//! may read at any time.

use std::array;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

use crate::request::{BUCKETS, KINDS, ROUTES, Request};
use crate::seen::Totals;

/// What one thread counts, in lines of its own.
#[derive(Default)]
#[repr(align(128))]
pub struct Counters {
    requests: [AtomicU64; ROUTES.len()],
    bytes: [AtomicU64; ROUTES.len()],
    rows: [AtomicU64; KINDS.len()],
    buckets: [AtomicU64; BUCKETS],
    sum: AtomicU64,
}

impl Counters {
    /// Counts a request. Only one thread may.
    #[inline]
    pub fn count(&self, request: &Request) {
        add(&self.requests[request.route], 1);
        add(&self.bytes[request.route], u64::from(request.size));
        for kind in request.kinds() {
            add(&self.rows[kind], 1);
        }
        add(&self.buckets[request.bucket()], 1);
        add(&self.sum, u64::from(request.size));
    }

    /// Adds what this thread has counted so far.
    fn add_to(&self, totals: &mut Totals) {
        for (total, counts) in [
            (&mut totals.requests[..], &self.requests[..]),
            (&mut totals.bytes, &self.bytes),
            (&mut totals.rows, &self.rows),
            (&mut totals.buckets, &self.buckets),
            (array::from_mut(&mut totals.sum), array::from_ref(&self.sum)),
        ] {
            for (total, count) in total.iter_mut().zip(counts) {
                *total += count.load(Relaxed);
            }
        }
    }
}

#[inline]
fn add(counter: &AtomicU64, amount: u64) {
    counter.store(counter.load(Relaxed) + amount, Relaxed);
}

/// The counters of all threads that have ever counted.
#[derive(Default)]
pub struct Threads(Mutex<Vec<Arc<Counters>>>);

impl Threads {
    /// Counters for another thread; they stay when the thread has ended.
    pub fn join(&self) -> Arc<Counters> {
        let counters = Arc::<Counters>::default();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&counters));
        counters
    }

    /// The sums over all threads.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for counters in &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            counters.add_to(&mut totals);
        }
        totals
    }
}
