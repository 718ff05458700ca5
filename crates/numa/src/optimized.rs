//! Huge pages: the system hands over, and clears, 2 MiB at a time instead of 4 KiB.

use crate::huge;
use crate::table::{Columns, Found, Job};

/// Loads the table, and asks it.
pub fn query(job: &Job) -> Found {
    let mut columns = Columns::new(job.blocks.len());
    huge::asked_for(&columns.amounts);
    huge::asked_for(&columns.kinds);
    let parts = columns.parts(job.blocks.len(), job.threads());
    job.each(&parts, |_, part| {
        part.load(&job.blocks);
        part.scan(&job.blocks, &job.prices, job.least)
    })
}
