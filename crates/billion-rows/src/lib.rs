#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod bytes;
pub mod cursors;
mod degrees;
pub mod edges;
pub mod file;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod prefixes;
pub mod reads;
pub mod report;
pub mod reused_line;
mod row;
pub mod stations;
pub mod swar;
pub mod table;
pub mod tenths;
pub mod totals;
mod words;

use harness::Rung;

pub use file::from_file;
pub use report::Report;
pub use stations::{input, long_names, many_stations};

/// Every rung, naive first. All give the least, the mean and the most of each station, in the
/// order of their names.
pub const RUNGS: &[Rung<Vec<u8>, Report>] = &[
    Rung::new("naive", |text| naive::report(text.as_slice())),
    Rung::new("reused_line", |text| reused_line::report(text.as_slice())),
    Rung::new("bytes", |text| bytes::report(text)),
    Rung::new("tenths", |text| tenths::report(text)),
    Rung::new("swar", |text| swar::report(text)),
    Rung::new("prefixes", |text| prefixes::report(text)),
    Rung::new("cursors", |text| cursors::report(text)),
    Rung::new("optimized", |text| optimized::report(text)),
    Rung::new("peer", |text| peer::report(text.as_slice())),
];

#[cfg(test)]
mod tests;
