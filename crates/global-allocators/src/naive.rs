//! The allocator that a program gets if it asks for nothing: on Linux, glibc's.

use crate::worker::Worker;

/// `src/workers/system.rs`, as it is.
pub static WORKER: Worker = Worker::new("global-allocators-system", &[]);
