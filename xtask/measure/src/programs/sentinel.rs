//! A fixed piece of work beside every process: it is slow while the machine is taken away or the
//! clock is slower. It takes about a millisecond, since a process takes a hundred; whoever is there
//! only between two milliseconds is seen by the base that runs twice.
//!
//! Each power waits for the one before, and so leaves most of the core alone: who runs on its other
//! hardware thread, and slows all programs of a round by turns, is no reason to leave out nearly
//! all of them. And each is a call into the system's library, which is optimized whoever calls it.
//! This package is not, as the tool is built: a loop of its own keeps its variables in memory, and
//! took now one time and now twice that with no neighbour to be seen, as the processor did or did
//! not foresee that a load reads what was just stored.

use std::hint::black_box;
use std::time::Instant;

/// Powers in a row.
const STEPS: u32 = 15_000;

/// Nanoseconds of the work, the faster of two runs: what interrupts only one of them has disturbed
/// nothing else.
pub fn run() -> u64 {
    once().min(once()).max(1)
}

fn once() -> u64 {
    let start = Instant::now();
    let mut x = black_box(1.5_f64);
    for _ in 0..STEPS {
        x = x.powf(1.000_001);
    }
    black_box(x);
    start.elapsed().as_nanos() as u64
}
