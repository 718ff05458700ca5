#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

#[cfg(target_os = "linux")]
mod children;
#[cfg(target_os = "linux")]
mod descriptors;
#[cfg(target_os = "linux")]
mod digits;
pub mod edges;
#[cfg(target_os = "linux")]
mod ended;
#[cfg(target_os = "linux")]
mod found;
mod inputs;
mod job;
pub mod naive;
#[cfg(target_os = "linux")]
mod opened;
mod process;
pub mod specifics;
#[cfg(target_os = "linux")]
mod text;
mod units;

#[cfg(target_os = "linux")]
pub mod bytes;
#[cfg(target_os = "linux")]
pub mod files;
#[cfg(target_os = "linux")]
pub mod held;
#[cfg(target_os = "linux")]
pub mod one_read;
#[cfg(target_os = "linux")]
pub mod optimized;
#[cfg(target_os = "linux")]
pub mod peer;

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(not(target_os = "linux"))]
use elsewhere::{
    self as bytes, self as files, self as held, self as one_read, self as optimized, self as peer,
};

use std::path::Path;

use harness::Rung;

pub use inputs::{asked_again, asked_once, itself};
pub use job::{Job, Sample, agree};
pub use process::{Usage, Watched};

/// Every rung, slowest first. All see the same.
pub const RUNGS: &[Rung<Job, Sample>] = &[
    rung("naive", |job| {
        job.sample(|agents| &mut agents.naive, naive::Agent::new, naive::Agent::sample)
    }),
    rung("specifics", |job| {
        job.sample(|agents| &mut agents.specifics, specifics::Agent::new, specifics::Agent::sample)
    }),
    rung("files", |job| {
        job.sample(|agents| &mut agents.files, files::Agent::new, files::Agent::sample)
    }),
    rung("one_read", |job| {
        job.sample(|agents| &mut agents.one_read, one_read::Agent::new, one_read::Agent::sample)
    }),
    rung("held", |job| {
        job.sample(|agents| &mut agents.held, held::Agent::new, held::Agent::sample)
    }),
    rung("bytes", |job| {
        job.sample(|agents| &mut agents.bytes, bytes::Agent::new, bytes::Agent::sample)
    }),
    rung("optimized", |job| {
        job.sample(|agents| &mut agents.optimized, optimized::Agent::new, optimized::Agent::sample)
    }),
    rung("peer", |job| {
        job.sample(|agents| &mut agents.peer, peer::Agent::new, peer::Agent::sample)
    }),
];

/// A rung that keeps its agent from call to call. No other rung sees that, so that there is nothing
/// to be spoilt.
const fn rung(name: &'static str, sample: fn(&mut Job) -> Sample) -> Rung<Job, Sample> {
    Rung::reusing(name, |_| (), sample)
}

/// What is measured here, the system has as files.
///
/// # Errors
/// Where it has not.
pub fn needs_proc() -> Result<(), String> {
    proc_at(Path::new("/proc/self"))
}

/// Whether a process's folder has what every rung reads.
fn proc_at(folder: &Path) -> Result<(), String> {
    match ["stat", "statm"].into_iter().find(|name| !folder.join(name).is_file()) {
        None => Ok(()),
        Some(name) => {
            Err(format!("processes are files of Linux, and there is no /proc/self/{name}"))
        }
    }
}

#[cfg(test)]
mod tests;
