//! mimalloc, told never to give pages back. It asks for huge pages by itself where the system lets
//! a program ask; returning parts of them breaks them up, and not returning keeps them whole.
//!
//! `MIMALLOC_ALLOW_LARGE_OS_PAGES` was tried as well and changed nothing: without a reserve of such
//! pages, which most systems do not have, it asks for what was asked for already.

use crate::worker::Worker;

/// `src/workers/mimalloc.rs` in another environment.
pub static WORKER: Worker =
    Worker::new("global-allocators-mimalloc", &[("MIMALLOC_PURGE_DELAY", "-1")]);
