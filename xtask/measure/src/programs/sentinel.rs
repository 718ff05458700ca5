//! A fixed piece of work beside every process: it is slow while a neighbour takes the machine. It
//! takes about a millisecond, since a process takes a hundred; whoever is there only between two
//! milliseconds is seen by the base that runs twice.

use std::hint::black_box;
use std::time::Instant;

/// Steps of the work: each needs the one before it.
const STEPS: u64 = 400_000;

/// Nanoseconds of the work, the faster of two runs: what interrupts only one of them has disturbed
/// nothing else.
pub fn run() -> u64 {
    once().min(once()).max(1)
}

fn once() -> u64 {
    let start = Instant::now();
    let mut state = black_box(1_u64);
    let mut step = 0;
    while step < STEPS {
        state = (state ^ (state >> 7)) | 1;
        step += 1;
    }
    black_box(state);
    start.elapsed().as_nanos() as u64
}
