//! The worker process with mimalloc.
#![forbid(unsafe_code)]

#[path = "../draws.rs"]
mod draws;
#[path = "../job.rs"]
#[expect(dead_code, reason = "only the bench asks for the bytes")]
mod job;
#[path = "../serve.rs"]
mod serve;

use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    serve::serve();
}
