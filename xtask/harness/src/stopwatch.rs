//! The one loop in which rungs are timed: criterion, paired runs and calibration all go through it.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::rung::{Call, Rung};
use crate::vectors;

/// Clones made ahead of one timed batch of in-place calls. Few, or they push each other out of the
/// caches.
pub(crate) const BATCH: u64 = 16;

/// Inputs that take turns, and whose turn it is. Branch predictors learn a fixed input by heart,
/// which flatters branchy code by a factor that no user will ever see.
pub(crate) struct Rotation<I> {
    pub(crate) inputs: Vec<I>,
    next: usize,
}

impl<I> Rotation<I> {
    pub(crate) fn new(inputs: Vec<I>) -> Self {
        assert!(!inputs.is_empty(), "a rotation needs at least one input");
        Self { inputs, next: 0 }
    }

    pub(crate) fn turn(&mut self) -> &mut I {
        let now = self.next;
        self.next = if now + 1 == self.inputs.len() { 0 } else { now + 1 };
        &mut self.inputs[now]
    }

    /// Time for `calls` calls of a rung. Dropping results is timed; cloning inputs for in-place
    /// work is not.
    #[inline(never)]
    pub(crate) fn time<O>(&mut self, rung: &Rung<I, O>, calls: u64) -> Duration {
        vectors::clear_upper();
        match rung.call {
            Call::Reads(run) => {
                let run = black_box(run);
                let start = Instant::now();
                for _ in 0..calls {
                    black_box(run(black_box(&*self.turn())));
                }
                start.elapsed()
            }
            Call::Reuses(run) => {
                let run = black_box(run);
                let start = Instant::now();
                for _ in 0..calls {
                    black_box(run(black_box(self.turn())));
                }
                start.elapsed()
            }
            Call::Consumes { fresh, run } => {
                let run = black_box(run);
                let mut total = Duration::ZERO;
                let mut left = calls;
                while left > 0 {
                    let batch = left.min(BATCH);
                    let mut clones: Vec<I> = (0..batch).map(|_| fresh(self.turn())).collect();
                    let start = Instant::now();
                    for clone in &mut clones {
                        black_box(run(black_box(clone)));
                    }
                    total += start.elapsed();
                    left -= batch;
                }
                total
            }
        }
    }

    /// How many calls of a rung make a slice of about `slice`; one where a call takes longer.
    ///
    /// The first calls are cold, and any may be interrupted. Taken at their word they would give a
    /// rung slices of a single call, which begin where another rung left the caches, beside slices
    /// of a dozen. So the fastest of a few timings counts.
    pub(crate) fn calls_for<O>(&mut self, rung: &Rung<I, O>, slice: Duration) -> u64 {
        let mut calls = 1;
        loop {
            let mut time = self.time(rung, calls);
            // Repeating a call of several milliseconds could not turn it into a short one.
            for _ in 0..2 {
                if time * 2 >= slice && time < 100 * slice {
                    time = time.min(self.time(rung, calls));
                }
            }
            if time * 2 >= slice {
                let per_call = time.as_secs_f64() / calls as f64;
                return (slice.as_secs_f64() / per_call).round().max(1.0) as u64;
            }
            calls *= 4;
        }
    }
}
