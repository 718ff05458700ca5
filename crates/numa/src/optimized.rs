//! Huge pages: the system hands over, and clears, 2 MiB at a time instead of 4 KiB. A small table
//! stays with the thread that asks: to wake another one takes longer than it saves.

use crate::huge;
use crate::table::{Columns, Found, Job};

/// Blocks that are worth a thread: they take a few times as long as it takes to wake one.
const WORTH_A_THREAD: usize = 64;

/// Loads the table, and asks it.
pub fn query(job: &Job) -> Found {
    let blocks = job.blocks.len();
    let threads = blocks.div_ceil(WORTH_A_THREAD).clamp(1, job.threads());
    let mut columns = Columns::new(blocks);
    huge::asked_for(&columns.amounts);
    huge::asked_for(&columns.kinds);
    let parts = columns.parts(blocks, threads);
    job.each(&parts, |_, part| {
        part.load(&job.blocks);
        part.scan(&job.blocks, &job.prices, job.least)
    })
}
