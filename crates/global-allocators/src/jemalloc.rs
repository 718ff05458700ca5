//! jemalloc (Evans, "A Scalable Concurrent malloc(3) Implementation for FreeBSD", 2006) in front of
//! the system's allocator: the loader takes `malloc` from the library that is named first. The
//! program is naive's.

use crate::worker::{Library, Worker};

/// `src/workers/system.rs` with another `malloc`.
pub static WORKER: Worker = Worker::new("global-allocators-system", &[])
    .preloading(Library { file: "libjemalloc.so.2", package: "libjemalloc2" });
