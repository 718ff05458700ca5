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
pub mod units;

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
pub mod elsewhere;
#[cfg(not(target_os = "linux"))]
use elsewhere::{
    self as bytes, self as files, self as held, self as one_read, self as optimized, self as peer,
};

use std::path::Path;

use harness::Rung;

pub use inputs::{asked_again, asked_once, itself};
pub use job::{Job, Sample, agree};
pub use process::{Usage, Watched};

/// Every rung, naive first. All see the same.
pub const RUNGS: &[Rung<Job, Sample>] = &[
    Rung::reusing("naive", kept, |job| {
        job.sample(|agents| &mut agents.naive, naive::Agent::new, naive::Agent::sample)
    }),
    Rung::reusing("specifics", kept, |job| {
        job.sample(|agents| &mut agents.specifics, specifics::Agent::new, specifics::Agent::sample)
    }),
    Rung::reusing("files", kept, |job| {
        job.sample(|agents| &mut agents.files, files::Agent::new, files::Agent::sample)
    }),
    Rung::reusing("one_read", kept, |job| {
        job.sample(|agents| &mut agents.one_read, one_read::Agent::new, one_read::Agent::sample)
    }),
    Rung::reusing("held", kept, |job| {
        job.sample(|agents| &mut agents.held, held::Agent::new, held::Agent::sample)
    }),
    Rung::reusing("bytes", kept, |job| {
        job.sample(|agents| &mut agents.bytes, bytes::Agent::new, bytes::Agent::sample)
    }),
    Rung::reusing("optimized", kept, |job| {
        job.sample(|agents| &mut agents.optimized, optimized::Agent::new, optimized::Agent::sample)
    }),
    Rung::reusing("peer", kept, |job| {
        job.sample(|agents| &mut agents.peer, peer::Agent::new, peer::Agent::sample)
    }),
];

/// Agents are kept from call to call, and none is seen by another rung: there is nothing to spoil.
fn kept(_: &mut Job) {}

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
