//! tcmalloc as gperftools has it (Ghemawat and Menage, "TCMalloc: Thread-Caching Malloc", 2005), in
//! front of the system's allocator as jemalloc is.

use crate::worker::{Library, Worker};

/// `src/workers/system.rs` with another `malloc`.
pub static WORKER: Worker = Worker::new("global-allocators-system", &[])
    .preloading(Library { file: "libtcmalloc_minimal.so.4", package: "libtcmalloc-minimal4" });
