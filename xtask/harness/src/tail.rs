//! How long single calls take: what a median hides is in the slowest ones.

use std::time::{Duration, Instant};

use protocol::{Refusal, Tails};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;

use crate::apart::forks;
use crate::job::{Asked, Frame, Inputs};
use crate::one_core;
use crate::singles::MOST;
use crate::watch::Time;
use crate::worker::{Worker, check};

/// Calls of one rung before another takes its turn: an interruption that lasts hits all alike.
const TURN: u64 = 64;

/// Times calls one by one, the rungs taking turns in random order, each in a process of its own,
/// until the end.
///
/// # Errors
/// If a rung disagrees with naive, or a process ends.
pub(crate) fn tails(
    frame: &Frame,
    inputs: &mut dyn Inputs,
    asked: Asked,
    time: &Time,
) -> Result<Tails, Refusal> {
    let forks = forks();
    check(forks, frame, inputs, &asked)?;
    if !frame.threads {
        one_core::stay();
    }
    let worker = |at: usize| Ok((at, Worker::new(forks, frame, inputs, at, asked)?));
    let workers = frame.available().map(worker);
    let mut workers = workers.collect::<Result<Vec<(usize, Worker)>, Refusal>>()?;
    let mut untimed = vec![(0, 0); frame.rungs().len()];
    for (at, worker) in &mut workers {
        let (calls, told) = worker.calls()?;
        let slices = match told {
            Some(slices) => slices,
            None => worker.untimed(calls)?,
        };
        untimed[*at] = (calls, slices);
    }
    let end = time.until().end;
    let mut dice = Pcg64Mcg::seed_from_u64(0);
    let mut done = 0;
    loop {
        workers.shuffle(&mut dice);
        for (at, worker) in &mut workers {
            let (calls, slices) = untimed[*at];
            worker.turn(calls, slices, Duration::ZERO)?;
            worker.singles(TURN)?;
        }
        done += TURN as usize;
        if done + TURN as usize > MOST || Instant::now() >= end {
            break;
        }
    }
    let mut tails = vec![None; frame.rungs().len()];
    for (at, worker) in &mut workers {
        tails[*at] = worker.tail()?;
        worker.check()?;
    }
    Ok(tails)
}
