#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod branch_free;
pub mod cache_line;
pub mod edges;
pub mod load;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod single_writer;
pub mod two_lines;

use std::thread::available_parallelism;

use harness::Rung;
use harness::data::{long_tail, rand::RngExt, rng};
use load::{Load, Request, Totals};

/// Every rung, naive first. All give the exact totals of each worker.
pub const RUNGS: &[Rung<Load, Vec<Totals>>] = &[
    Rung::new("naive", naive::count).data(bytes),
    Rung::new("cache_line", cache_line::count).data(bytes).needs(two_cores),
    Rung::new("two_lines", two_lines::count).data(bytes).needs(two_cores),
    Rung::new("single_writer", single_writer::count).data(bytes),
    Rung::new("branch_free", branch_free::count).data(bytes),
    Rung::new("optimized", optimized::count).data(bytes),
    Rung::new("peer", peer::count).data(bytes).needs(two_cores),
];

/// Bytes of the requests.
fn bytes(load: &Load) -> usize {
    size_of_val(load.requests.as_slice())
}

fn two_cores() -> Result<(), String> {
    match available_parallelism() {
        Ok(cores) if cores.get() > 1 => Ok(()),
        _ => Err("a second core: on one alone no line is ever taken away".to_owned()),
    }
}

/// `n` requests, answered by two workers.
pub fn two_workers(n: usize, seed: u64) -> Load {
    load(n, seed, 2)
}

/// `n` requests, answered by one worker.
pub fn one_worker(n: usize, seed: u64) -> Load {
    load(n, seed, 1)
}

/// `n` requests, answered by as many workers as there are cores.
pub fn every_core(n: usize, seed: u64) -> Load {
    load(n, seed, available_parallelism().map_or(1, usize::from))
}

/// Most answers are small and fast, a few are neither; one in fifty is an error.
fn load(n: usize, seed: u64, workers: usize) -> Load {
    let mut rng = rng(seed);
    let request = |_| {
        let (latency, bytes) = (long_tail(&mut rng, 3..21), long_tail(&mut rng, 3..25));
        let status = if rng.random_ratio(1, 50) { 503 } else { 200 };
        Request { latency, bytes, status }
    };
    Load::new(workers, (0..n).map(request).collect())
}

#[cfg(test)]
mod tests;
