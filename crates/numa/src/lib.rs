#![doc = include_str!("../README.md")]

pub mod bound;
pub mod edges;
pub mod first_touch;
pub mod huge;
pub mod naive;
pub mod nodes;
pub mod optimized;
pub mod peer;
pub mod replicated;
mod table;
#[cfg(test)]
mod tests;

use harness::Rung;
use harness::data::{rand::RngExt, rng};

pub use table::{Found, Job, Packed, ROWS};

/// Every rung. All find the same rows.
pub const RUNGS: &[Rung<Job, Found>] = &[
    Rung::new("naive", |job: &Job| naive::query(job)),
    Rung::new("first_touch", |job: &Job| first_touch::query(job)),
    Rung::new("bound", |job: &Job| bound::query(job)).needs(nodes::needs_two),
    Rung::new("replicated", |job: &Job| replicated::query(job)).needs(nodes::needs_two),
    Rung::new("optimized", |job: &Job| optimized::query(job)).needs(harness::huge_pages::given),
    Rung::new("peer", |job: &Job| peer::query(job)),
];

/// A table of `n` rows, in whole blocks.
pub fn table(n: usize, seed: u64) -> Job {
    let mut rng = rng(seed);
    let block = |_| Some(Packed { first: rng.random(), step: rng.random() });
    let blocks = (0..n.div_ceil(ROWS)).map(block).collect();
    Job::new(blocks, Job::prices(seed), 1 << 30)
}

/// Room for `n` rows of which only a block in each 2 MiB of a column is there.
pub fn sparse(n: usize, seed: u64) -> Job {
    let full = table(n, seed);
    let one_in = |at: usize| at % 512 == 256;
    let kept = full.blocks.iter().enumerate().map(|(at, block)| block.filter(|_| one_in(at)));
    Job::new(kept.collect(), full.prices, full.least)
}
