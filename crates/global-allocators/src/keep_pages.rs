//! glibc's allocator, told by its environment to keep what it has: neither trim the heap nor map
//! blocks singly below 32 MiB, and to grow by 16 MiB at a time. No line of code changes.

use crate::worker::Worker;

/// `src/workers/system.rs` in another environment.
pub static WORKER: Worker = Worker::new(
    "global-allocators-system",
    &[(
        "GLIBC_TUNABLES",
        "glibc.malloc.trim_threshold=1073741824:glibc.malloc.mmap_threshold=33554432:\
         glibc.malloc.top_pad=16777216",
    )],
);
