//! The worker process with the system's allocator, which a program gets that asks for nothing.
#![forbid(unsafe_code)]

#[path = "../draws.rs"]
mod draws;
#[path = "../job.rs"]
#[expect(dead_code, reason = "only the bench asks for the bytes")]
mod job;
#[path = "../serve.rs"]
mod serve;

use std::alloc::System;

#[global_allocator]
static ALLOCATOR: System = System;

fn main() {
    serve::serve();
}
