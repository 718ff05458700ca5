//! The crate `mimalloc` as it comes (Leijen, Zorn and de Moura, "Mimalloc: Free List Sharding in
//! Action", 2019): a free list for each page of equal blocks.

use crate::worker::Worker;

/// `src/workers/mimalloc.rs`, as it is.
pub static WORKER: Worker = Worker::new("global-allocators-mimalloc", &[]);
