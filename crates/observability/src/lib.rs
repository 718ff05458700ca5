#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod counters;
pub mod edges;
pub mod fastrace;
pub mod handles;
mod job;
mod layer;
pub mod level;
mod meters;
pub mod metrics;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod per_thread;
pub mod record;
pub mod records;
mod request;
pub mod ring;
pub mod sampled;
pub mod seen;
mod sync;
mod text;

use harness::data::{long_tail, rand::RngExt, rng, zipf};
use harness::{Crew, Rung};

pub use job::Job;
pub use request::{BUCKETS, KINDS, ROUTES, Request, Work};
pub use seen::{Seen, Totals};

/// Every rung, naive first. All count the same, and know the same of each trace that is kept.
pub const RUNGS: &[Rung<Job, Seen>] = &[
    Rung::new("naive", |job: &Job| {
        use naive::Telemetry;
        job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
    }),
    Rung::new("level", |job: &Job| {
        use level::Telemetry;
        job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
    }),
    Rung::new("handles", |job: &Job| {
        use handles::Telemetry;
        job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
    }),
    Rung::new("per_thread", |job: &Job| {
        use per_thread::Telemetry;
        job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
    }),
    Rung::new("sampled", |job: &Job| {
        use sampled::Telemetry;
        job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
    }),
    Rung::new("records", |job: &Job| {
        use records::Telemetry;
        job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
    }),
    Rung::new("optimized", |job: &Job| {
        use optimized::Telemetry;
        job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
    }),
    Rung::new("fastrace", |job: &Job| {
        use crate::fastrace::Telemetry;
        job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
    }),
    Rung::new("metrics", |job: &Job| {
        use crate::metrics::Telemetry;
        job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
    }),
    Rung::new("peer", |job: &Job| {
        use peer::Telemetry;
        job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
    }),
];

/// `n` requests for one thread; each trace is looked at.
pub fn one_thread(n: usize, seed: u64) -> Job {
    job(1, n, seed, 1)
}

/// `n` requests for two threads; each trace is looked at.
pub fn two_threads(n: usize, seed: u64) -> Job {
    job(2, n, seed, 1)
}

/// `n` requests for two threads; one trace in 64 is looked at.
pub fn one_in_64(n: usize, seed: u64) -> Job {
    job(2, n, seed, 64)
}

/// `n` requests for two threads, with four thousand rows each, all of which are counted; one trace
/// in 64 is looked at.
pub fn many_rows(n: usize, seed: u64) -> Job {
    let mut job = job(2, n, seed, 64);
    job.requests.iter_mut().for_each(|request| request.rows += 3_999);
    job
}

/// `n` requests for one thread, each of which takes a millisecond or two; each trace is looked at.
pub fn long_handlers(n: usize, seed: u64) -> Job {
    Job { work: Work::new(600), ..one_thread(n, seed) }
}

/// Requests as a service gets them: a few routes and users make up most, answers are mostly small.
fn job(threads: usize, n: usize, seed: u64, one_in: u64) -> Job {
    let mut rng = rng(seed);
    let (routes, users) = (zipf(ROUTES.len(), 1.0), zipf(10_000, 1.0));
    let request = |id| Request {
        id,
        route: routes(&mut rng),
        user: users(&mut rng) as u32,
        key: rng.random(),
        body: rng.random_range(300..500),
        status: if rng.random_range(0..50) == 0 { 503 } else { 200 },
        size: long_tail(&mut rng, 6..26),
        rows: 1,
    };
    let requests = (0..n as u64).map(request).collect();
    Job { crew: Crew::new(threads), requests, work: Work::new(1), one_in }
}

#[cfg(test)]
mod tests;
