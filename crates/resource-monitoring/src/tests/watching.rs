//! What tests of processes have in common: who is watched, and by which rungs.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::children::{Children, Plan};
use crate::*;

/// Whether all rungs see what naive sees, with the agents that they have.
pub fn hold(job: &mut Job) {
    if let Err(wrong) = harness::check(RUNGS, job, agree) {
        panic!("rung `{}` disagrees with naive: {}", wrong.rung, wrong.difference);
    }
}

pub fn sampled(name: &str, job: &mut Job) -> Vec<Option<Usage>> {
    let rung = RUNGS.iter().position(|rung| rung.name() == name).unwrap();
    SAMPLES[rung](job).usage
}

/// As in the table of rungs, for tests that call one.
const SAMPLES: [fn(&mut Job) -> Sample; 8] = [
    |job| job.sample(|agents| &mut agents.naive, naive::Agent::new, naive::Agent::sample),
    |job| {
        job.sample(|agents| &mut agents.specifics, specifics::Agent::new, specifics::Agent::sample)
    },
    |job| job.sample(|agents| &mut agents.files, files::Agent::new, files::Agent::sample),
    |job| job.sample(|agents| &mut agents.one_read, one_read::Agent::new, one_read::Agent::sample),
    |job| job.sample(|agents| &mut agents.held, held::Agent::new, held::Agent::sample),
    |job| job.sample(|agents| &mut agents.bytes, bytes::Agent::new, bytes::Agent::sample),
    |job| {
        job.sample(|agents| &mut agents.optimized, optimized::Agent::new, optimized::Agent::sample)
    },
    |job| job.sample(|agents| &mut agents.peer, peer::Agent::new, peer::Agent::sample),
];

pub fn watching(plans: &[Plan]) -> Job {
    let children = Children::new(plans).unwrap();
    Job { watched: children.watched().unwrap(), children: Some(children), ..Job::default() }
}

/// Those that know whom they watch to the tick.
pub const EXACT: [&str; 6] = ["files", "one_read", "held", "bytes", "optimized", "peer"];

/// What is written anywhere in this process is its own: whoever looks at that looks alone.
static WRITING: RwLock<()> = RwLock::new(());

pub fn writing() -> RwLockReadGuard<'static, ()> {
    WRITING.read().unwrap_or_else(PoisonError::into_inner)
}

pub fn alone() -> RwLockWriteGuard<'static, ()> {
    WRITING.write().unwrap_or_else(PoisonError::into_inner)
}
