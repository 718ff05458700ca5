//! mimalloc, told to give a page back as soon as nothing is in it.

use crate::worker::Worker;

/// `src/workers/mimalloc.rs` in another environment.
pub static WORKER: Worker =
    Worker::new("global-allocators-mimalloc", &[("MIMALLOC_PURGE_DELAY", "0")]);
