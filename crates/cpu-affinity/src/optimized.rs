//! The core is kept warm: a thread that waits stays awake for a moment, since what wakes a core up
//! takes longer than what is to be done then.

use std::time::Duration;

use crate::cores::{self, Pinned};
use crate::job::Job;
use crate::stages::Answer;

/// Longer than a system takes to wake up a thread on a core that sleeps; longer than the 50 µs by
/// which Linux makes a timer late to save a wake-up.
const AWAKE: Duration = Duration::from_micros(200);

/// Runs both stages.
///
/// # Panics
/// If there are no two cores to use, which [`cores::needs_two`] knows.
pub fn run(job: &Job) -> Answer {
    let [one, other] = cores::two().expect("two cores that may be used");
    let pin = |core| move || Pinned::to(core).expect("a core that may be used");
    job.run(pin(one), pin(other), AWAKE)
}
