#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod backend;
pub mod buffer_unordered;
pub mod chunks;
mod client;
pub mod coalesced;
mod compio;
mod due;
pub mod edges;
mod frame;
#[cfg(test)]
mod given_up;
mod job;
pub mod join_all;
pub mod join_set;
#[cfg(test)]
mod mock;
pub mod naive;
pub mod optimized;
pub mod peer;
#[cfg(target_os = "linux")]
mod ring_client;
#[cfg_attr(not(target_os = "linux"), path = "elsewhere.rs")]
mod rings;
mod server;
mod site;
#[cfg(test)]
mod still_clock;
mod value;
pub mod yielding;

use std::time::Duration;

use harness::Rung;
use harness::data::{long_tail, rng};

pub use job::{Job, Report};

/// Every rung. All give the value of each key.
pub const RUNGS: &[Rung<Job, Report>] = &[
    Rung::new("naive", |job: &Job| {
        job.unbounded(async |backend| naive::aggregate(backend, &job.keys).await)
    }),
    Rung::new("join_all", |job: &Job| {
        job.unbounded(async |backend| join_all::aggregate(backend, &job.keys).await)
    }),
    Rung::new("buffer_unordered", |job: &Job| {
        job.bounded(async |backend, limit| {
            buffer_unordered::aggregate(backend, &job.keys, limit).await
        })
    }),
    Rung::new("join_set", |job: &Job| {
        job.bounded(async |backend, limit| join_set::aggregate(backend, &job.keys, limit).await)
    }),
    Rung::new("coalesced", |job: &Job| {
        job.bounded(async |backend, limit| coalesced::aggregate(backend, &job.keys, limit).await)
    }),
    Rung::new("yielding", |job: &Job| {
        job.bounded(async |backend, limit| yielding::aggregate(backend, &job.keys, limit).await)
    }),
    Rung::new("chunks", |job: &Job| {
        job.bounded(async |backend, limit| chunks::aggregate(backend, &job.keys, limit).await)
    }),
    Rung::new("optimized", |job: &Job| job.each_core(optimized::aggregate)),
    Rung::new("compio", |job: &Job| job.each_ring(compio::aggregate)).needs(rings::available),
    Rung::new("peer", |job: &Job| {
        job.bounded(async |backend, limit| peer::aggregate(backend, &job.keys, limit).await)
    }),
];

/// Keys in flight at once, where nothing else is said.
pub const LIMIT: usize = 1_024;
/// Calls of the jobs whose limit varies.
pub const CALLS: usize = 2_000;
/// How long a backend takes that is far away.
const FAR: Duration = Duration::from_millis(1);
/// Steps that reading an answer takes where that is the work.
const HEAVY: u32 = 10_000;

/// Whether a backend can be had on this system.
///
/// # Errors
/// Says why not.
pub fn loopback() -> Result<(), String> {
    server::loopback()
}

/// `n` keys of a backend that answers after a millisecond.
pub fn far(n: usize, seed: u64) -> Job {
    job(n, seed, LIMIT, FAR, 0)
}

/// `n` keys of a backend that answers at once.
pub fn near(n: usize, seed: u64) -> Job {
    job(n, seed, LIMIT, Duration::ZERO, 0)
}

/// `n` keys of a backend that answers after a millisecond, with answers that take long to read.
pub fn heavy(n: usize, seed: u64) -> Job {
    job(n, seed, LIMIT, FAR, HEAVY)
}

/// Keys of a backend that answers after a millisecond, of which `limit` may be in flight at once.
pub fn in_flight(limit: usize, seed: u64) -> Job {
    job(CALLS, seed, limit, FAR, 0)
}

/// Some keys are asked for again and again, most rarely.
fn job(n: usize, seed: u64, limit: usize, delay: Duration, effort: u32) -> Job {
    let mut rng = rng(seed);
    let keys = (0..n).map(|_| u64::from(long_tail(&mut rng, 4..24))).collect();
    Job::new(keys, limit, delay, effort)
}

#[cfg(test)]
mod tests;
