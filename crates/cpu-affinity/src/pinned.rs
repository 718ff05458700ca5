//! Each stage has a core, which it does not leave and the other does not get.

use std::time::Duration;

use crate::cores::{self, Pinned};
use crate::job::Job;
use crate::stages::Answer;

/// Runs both stages.
///
/// # Panics
/// If there are no two cores to use, which [`cores::needs_two`] knows.
pub fn run(job: &Job) -> Answer {
    let [one, other] = cores::two().expect("two cores that may be used");
    let pin = |core| move || Pinned::to(core).expect("a core that may be used");
    job.run(pin(one), pin(other), Duration::ZERO)
}
