//! Everything that looks at the machine: runs, their journals, evidence, doctor, calibration.
//!
//! [`build`] makes the binaries and [`binary`] asks them; [`schedule`] decides in which order, and
//! writes each answer into the [`journal`] before anything is made of it; [`evidence`] looks at why
//! a rung takes its time. [`revisions`] checks another revision out and measures the two in turns,
//! [`calibrate`] the verdicts themselves, [`profile`] one rung; [`programs`] measures whole ones in
//! turns, [`builds`] one that is built in several ways, [`rows`] those of one case; [`forecast`]
//! says how long a run will take. Data goes from processes through the journal into a record;
//! nothing here knows how it will be shown. Knows `judge`, `record`, `cases` and `protocol`.

#![warn(clippy::print_stdout, clippy::print_stderr)] // `record::output` prints

pub mod binary;
pub mod build;
pub mod builds;
pub mod calibrate;
pub mod child;
mod criterion;
pub mod doctor;
pub mod evidence;
pub mod file_limit;
pub mod forecast;
pub mod interrupt;
pub mod journal;
mod kinds;
mod last_words;
pub mod limits;
mod locked;
mod missing;
pub mod profile;
pub mod programs;
pub mod progress;
pub mod revisions;
pub mod rows;
pub mod schedule;
pub mod shard;
#[cfg(all(test, unix))]
mod stand_in;
mod tails;
pub mod user_file;
