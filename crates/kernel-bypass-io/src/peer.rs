//! `tokio`: threads that may block, as the documentation of `tokio::fs` advises where many small
//! reads are wanted: one task of the pool for a share of them, with the standard library's file.

use std::io;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};
use tokio::task::spawn_blocking;

use crate::positioned;
use crate::wanted::Wanted;

/// A runtime with as many threads that may block as the rings have entries.
///
/// # Errors
/// If the system refuses.
pub fn open() -> io::Result<Runtime> {
    Builder::new_current_thread().max_blocking_threads(64).build()
}

/// Checksums of the records wanted, in their order.
///
/// # Errors
/// The first that the file reports; also where it ends too soon.
pub fn read<F>(runtime: &Runtime, file: &Arc<F>, wanted: &Wanted) -> io::Result<Vec<u64>>
where
    F: FileExt + Send + Sync + 'static,
{
    let share = wanted.pieces.len().div_ceil(wanted.depth).max(1);
    runtime.block_on(async {
        let tasks: Vec<_> = wanted
            .pieces
            .chunks(share)
            .map(|pieces| {
                let file = Arc::clone(file);
                let wanted = Wanted { pieces: pieces.to_vec(), ..*wanted };
                spawn_blocking(move || positioned::read(&*file, &wanted))
            })
            .collect();
        let mut sums = Vec::with_capacity(wanted.pieces.len() * wanted.records);
        for task in tasks {
            sums.extend(task.await??);
        }
        Ok(sums)
    })
}
