//! Requests, and the workers among whom they are divided: shared by all rungs.

use std::ops::Range;
use std::sync::Barrier;

use harness::Crew;

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

/// Requests, and the workers that have answered them.
#[derive(Debug, Clone)]
pub struct Load {
    crew: Crew,
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
    /// Requests, and so many workers to divide them among.
    pub fn new(workers: usize, requests: Vec<Request>) -> Self {
        Self { crew: Crew::new(workers), requests }
    }

    /// How many workers there are.
    pub fn workers(&self) -> usize {
        self.crew.threads()
    }

    /// Has each worker go through its own requests, in a thread of its own. They wait for each
    /// other first. Without that, the caller is often done before the others have woken up.
    pub fn divide(&self, work: impl Fn(usize, &[Request]) + Sync) {
        let start = Barrier::new(self.workers());
        self.crew.run(|worker| {
            start.wait();
            work(worker, &self.requests[self.share(worker)]);
        });
    }

    /// A worker's stretch of the requests. Where they do not divide, some have one more.
    fn share(&self, worker: usize) -> Range<usize> {
        let from = |worker| worker * self.requests.len() / self.workers();
        from(worker)..from(worker + 1)
    }
}
