//! How long single calls take: what a median hides is in the slowest ones.

use std::time::{Duration, Instant};

use protocol::{Refusal, Tails};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;

use crate::job::{Asked, Frame, Inputs};
use crate::singles::MOST;
use crate::watch::Time;
use crate::worker::workers;

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
    let rungs: Vec<usize> = frame.available().collect();
    let mut turns = Vec::new();
    for mut worker in workers(frame, inputs, asked, &rungs)? {
        let (calls, told) = worker.calls()?;
        let untimed = worker.untimed(calls, told)?;
        turns.push((rungs[turns.len()], worker, calls, untimed));
    }
    let end = time.until().end;
    let mut dice = Pcg64Mcg::seed_from_u64(0);
    let mut done = 0;
    loop {
        turns.shuffle(&mut dice);
        for (_, worker, calls, untimed) in &mut turns {
            worker.turn(*calls, *untimed, Duration::ZERO)?;
            worker.singles(TURN)?;
        }
        done += TURN as usize;
        if done + TURN as usize > MOST || Instant::now() >= end {
            break;
        }
    }
    let mut tails = vec![None; frame.rungs().len()];
    for (rung, worker, ..) in &mut turns {
        tails[*rung] = worker.tail()?;
        worker.check()?;
    }
    Ok(tails)
}
