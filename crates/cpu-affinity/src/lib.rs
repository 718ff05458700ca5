#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod cores;
pub mod edges;
mod job;
mod lane;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod pinned;
mod ring;
pub mod same_core;
mod stages;
mod sync;
#[cfg(test)]
mod tests;
mod worker;

use harness::Rung;
use harness::data::{rand::RngExt, rng};

pub use job::Job;
pub use lane::Waits;
pub use stages::{Answer, Stages, Work};

/// Every rung. All get the same answers in the same order.
pub const RUNGS: &[Rung<Job, Answer>] = &[
    Rung::new("naive", |job: &Job| naive::run(job)),
    Rung::new("same_core", |job: &Job| same_core::run(job)).needs(cores::needs_pins),
    Rung::new("pinned", |job: &Job| pinned::run(job)).needs(cores::needs_two),
    Rung::new("optimized", |job: &Job| optimized::run(job)).needs(cores::needs_two),
    Rung::new("peer", |job: &Job| peer::run(job)).needs(cores::needs_two),
];

/// `n` messages, each answered before the next; who waits looks again and again.
pub fn spinning(n: usize, seed: u64) -> Job {
    job(Work::PingPong, Waits::Spinning, n, seed)
}

/// `n` messages, each answered before the next; who waits sleeps.
pub fn sleeping(n: usize, seed: u64) -> Job {
    job(Work::PingPong, Waits::Sleeping, n, seed)
}

/// `n` messages, as fast as they can be sent and taken.
pub fn stream(n: usize, seed: u64) -> Job {
    job(Work::Stream, Waits::Spinning, n, seed)
}

/// `n` ticks, a millisecond apart, beside a thread that computes.
pub fn ticks(n: usize, seed: u64) -> Job {
    job(Work::Ticks, Waits::Spinning, n, seed)
}

fn job(work: Work, waits: Waits, n: usize, seed: u64) -> Job {
    let mut rng = rng(seed);
    Job::new(work, waits, (0..n).map(|_| rng.random()).collect())
}
