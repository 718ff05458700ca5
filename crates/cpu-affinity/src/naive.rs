//! The system puts each stage on a core, and moves it when it likes to.

use std::time::Duration;

use crate::job::Job;
use crate::stages::Answer;

/// Runs both stages.
pub fn run(job: &Job) -> Answer {
    job.run(|| (), || (), Duration::ZERO)
}
