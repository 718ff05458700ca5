//! `rayon`, which knows nothing of nodes: parts are loaded, and scanned, by whoever has time.

use std::sync::{Mutex, PoisonError};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::table::{Columns, Found, Job};

/// Blocks that are loaded and scanned in one piece.
const PIECE: usize = 64;

/// Loads the table, and asks it.
pub fn query(job: &Job) -> Found {
    let mut columns = Columns::new(job.blocks.len());
    let pieces = job.blocks.len().div_ceil(PIECE).max(1);
    let parts = columns.parts(job.blocks.len(), pieces);
    let lock = |part| Mutex::lock(part).unwrap_or_else(PoisonError::into_inner);
    parts.par_iter().for_each(|part| lock(part).load(&job.blocks));
    let scan = |part| lock(part).scan(&job.blocks, &job.prices, job.least);
    parts.par_iter().map(scan).sum()
}
