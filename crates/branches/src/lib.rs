#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

pub mod avx2;
pub mod avx512;
pub mod branchless;
pub mod edges;
pub mod naive;
#[cfg(target_arch = "aarch64")]
mod neon;
pub mod optimized;
pub mod peer;
pub mod vectors;

use harness::Rung;
use harness::data::{rand::RngExt, rng};

/// Rows of a scan whose share of wanted rows is varied.
pub const ROWS: usize = 65_536;

/// A column, and the question asked of it.
#[derive(Debug)]
pub struct Query {
    /// Values below it are wanted.
    pub limit: u32,
    /// The column.
    pub values: Vec<u32>,
}

/// Every rung, naive first. All give the values below the limit, in their order.
pub const RUNGS: &[Rung<Query, Vec<u32>>] = &[
    Rung::new("naive", |query: &Query| naive::below(query.limit, &query.values)),
    Rung::new("branchless", |query: &Query| branchless::below(query.limit, &query.values)),
    Rung::new("avx2", |query: &Query| avx2::below(query.limit, &query.values)).needs(avx2::needs),
    Rung::new("avx512", |query: &Query| avx512::below(query.limit, &query.values))
        .needs(avx512::needs),
    Rung::new("optimized", |query: &Query| optimized::below(query.limit, &query.values)),
    Rung::new("peer", |query: &Query| peer::below(query.limit, &query.values)),
];

impl Query {
    /// Bytes that a scan must read.
    pub fn bytes(&self) -> usize {
        self.values.len() * size_of::<u32>()
    }
}

/// A scan of as many rows as [`ROWS`] says, of which `percent` in a hundred are wanted.
///
/// # Panics
/// If that is more than all.
pub fn share(percent: usize, seed: u64) -> Query {
    assert!(percent <= 100, "{percent} % of the rows");
    scan(ROWS, percent, seed)
}

/// A scan of `n` rows, of which every second one is wanted.
pub fn half(n: usize, seed: u64) -> Query {
    scan(n, 50, seed)
}

/// A scan of `n` rows in random order: amounts, of which most are small and few are large.
fn scan(n: usize, percent: usize, seed: u64) -> Query {
    let mut rng = rng(seed);
    let amount = |uniform: u32| ((u64::from(uniform) * u64::from(uniform)) >> 32) as u32;
    // No amount is so large that the limit at 100 would not be above it.
    let limit = amount((u64::from(u32::MAX) * percent as u64 / 100) as u32);
    // At 0 %, the few amounts of nothing at all are wanted: who finds no row may do no work.
    let limit = if percent == 100 { u32::MAX } else { limit.max(1) };
    Query { limit, values: (0..n).map(|_| amount(rng.random())).collect() }
}

#[cfg(test)]
mod tests;
