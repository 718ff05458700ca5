//! mimalloc, told to give pages back as soon as nothing is in them. As it comes, it waits a second
//! first, which no job here takes: this is what the next job pays after a pause, without the pause.

use crate::worker::Worker;

/// `src/workers/mimalloc.rs` in another environment.
pub static WORKER: Worker =
    Worker::new("global-allocators-mimalloc", &[("MIMALLOC_PURGE_DELAY", "0")]);
