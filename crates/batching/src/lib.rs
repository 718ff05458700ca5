#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod buffered;
pub mod edges;
#[cfg(test)]
mod faulty;
pub mod lines;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod vectored;
pub mod written;

use harness::Rung;

pub use lines::{Job, LINES, bodies, bytes, in_batches, input};
pub use written::Written;

/// Every rung, naive first. All leave the same bytes in a file.
pub const RUNGS: &[Rung<Job, Written>] = &[
    Rung::new("naive", |job| Written::with(naive::write, &job.lines)),
    Rung::new("buffered", |job| Written::with(buffered::write, &job.lines)),
    Rung::new("vectored", |job| Written::with(vectored::write, &job.lines)),
    Rung::new("optimized", |job| {
        Written::with(|lines, file| optimized::write_in(job.batch, lines, file), &job.lines)
    }),
    Rung::new("peer", |job| Written::with(peer::write, &job.lines)),
];

#[cfg(test)]
mod tests;
