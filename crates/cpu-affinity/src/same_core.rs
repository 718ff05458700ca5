//! Both stages on one core, so that no message has to leave its caches. It is also what becomes of
//! threads that are started by one that was pinned before.

use std::time::Duration;

use crate::cores::{self, Pinned};
use crate::job::Job;
use crate::stages::Answer;

/// Runs both stages.
///
/// # Panics
/// If the system takes no pins, which [`cores::needs_pins`] knows.
pub fn run(job: &Job) -> Answer {
    let core = cores::first().expect("the system names the cores");
    let pin = move || Pinned::to(core).expect("a core that may be used");
    job.run(pin, pin, Duration::ZERO)
}
