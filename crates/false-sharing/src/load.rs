//! Requests, and the workers among whom they are divided: shared by all rungs.

use std::sync::Barrier;
use std::thread;

/// A request that has been answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// Microseconds until the answer.
    pub latency: u32,
    /// Bytes of the answer.
    pub bytes: u32,
    /// HTTP status.
    pub status: u16,
}

/// Requests, and how many workers have answered them.
#[derive(Debug, Clone)]
pub struct Load {
    /// At least one.
    pub workers: usize,
    /// In the order in which they were answered; each worker has a stretch of them.
    pub requests: Vec<Request>,
}

/// What one worker has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Bytes of all answers.
    pub bytes: u64,
    /// Answers that say that the server failed.
    pub errors: u64,
    /// Answers that came late.
    pub slow: u64,
}

impl Request {
    /// Whether the server failed.
    #[inline]
    pub fn is_error(&self) -> bool {
        self.status >= 500
    }

    /// Whether somebody has noticed.
    #[inline]
    pub fn is_slow(&self) -> bool {
        self.latency > 100_000
    }
}

impl Load {
    /// Lets each worker go through its requests in a thread of its own. The last one is the caller.
    ///
    /// They wait for each other first. Without that, the caller is often done before the others
    /// have begun, and a system that finds the caller asleep wakes it on an idle core.
    pub fn divide(&self, work: impl Fn(usize, &[Request]) + Sync) {
        let share = self.requests.len().div_ceil(self.workers).max(1);
        let mut parts = self.requests.chunks(share).enumerate();
        let start = &Barrier::new(parts.len());
        let last = parts.next_back();
        thread::scope(|scope| {
            for (worker, part) in parts {
                let work = &work;
                scope.spawn(move || {
                    start.wait();
                    work(worker, part);
                });
            }
            if let Some((worker, part)) = last {
                start.wait();
                work(worker, part);
            }
        });
    }
}
