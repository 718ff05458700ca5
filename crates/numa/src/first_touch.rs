//! Each thread loads what it will scan: the pages are handed over to all threads at the same time,
//! and each page lies on the node of the core that touched it first.

use crate::table::{Columns, Found, Job};

/// Loads the table, and asks it.
pub fn query(job: &Job) -> Found {
    let mut columns = Columns::new(job.blocks.len());
    let parts = columns.parts(job.blocks.len(), job.threads());
    job.each(&parts, |_, part| {
        part.load(&job.blocks);
        part.scan(&job.blocks, &job.prices, job.least)
    })
}
