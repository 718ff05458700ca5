//! `core_affinity` pins the thread that asks. It cannot say what the mask was before, nor put it
//! back: so it gets threads of its own, and never the caller's.

use core_affinity::{get_core_ids, set_for_current};

use crate::job::Job;
use crate::stages::Answer;

/// Runs both stages.
///
/// # Panics
/// If there are no two cores to use.
pub fn run(job: &Job) -> Answer {
    let cores = get_core_ids().expect("the system names the cores");
    let pin = |core| move || assert!(set_for_current(core), "a core that may be used");
    job.run_elsewhere(pin(cores[0]), pin(cores[1]))
}
