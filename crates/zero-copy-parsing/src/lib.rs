#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

pub mod borrow;
pub mod carryless;
pub mod edges;
pub mod foldhash;
pub mod index;
pub mod memchr;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod simd_csv;
pub mod spelled;

mod digits;
mod export;
mod file;
mod groups;
mod key;
mod masks;
mod orders;
mod parity;
mod quotes;
mod structure;
#[cfg(test)]
mod tests;

pub use export::{Export, Group, Report, Totals};
pub use file::from_file;
pub use orders::{input, survey};

use harness::Rung;

/// Every rung, naive first. All give the rows and the sum of values for each key, and the records
/// left out.
pub const RUNGS: &[Rung<Export, Report>] = &[
    Rung::new("naive", naive::sums),
    Rung::new("borrow", borrow::sums),
    Rung::new("memchr", memchr::sums),
    Rung::new("index", index::sums),
    Rung::new("carryless", carryless::sums).needs(carryless::needs),
    Rung::new("foldhash", foldhash::sums),
    Rung::new("spelled", spelled::sums),
    Rung::new("optimized", optimized::sums),
    Rung::new("peer", peer::sums),
    Rung::new("simd_csv", simd_csv::sums),
];
