//! The table is loaded by the thread that has it, and then scanned by all.

use std::sync::PoisonError;

use crate::table::{Columns, Found, Job};

/// Loads the table, and asks it.
pub fn query(job: &Job) -> Found {
    let mut columns = Columns::new(job.blocks.len());
    let parts = columns.parts(job.blocks.len(), job.threads());
    for part in &parts {
        part.lock().unwrap_or_else(PoisonError::into_inner).load(&job.blocks);
    }
    job.each(&parts, |_, part| part.scan(&job.blocks, &job.prices, job.least))
}
