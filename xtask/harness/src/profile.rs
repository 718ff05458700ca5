//! Calls one rung again and again under a function of a known name, for whoever samples stacks:
//! what is below that name is the rung, everything else is not.

use std::hint::black_box;
use std::time::{Duration, Instant};

use protocol::{Profiled, Refusal, Sampled};

use crate::rung::{Call, Rung};
use crate::stopwatch::Rotation;

/// How often the clock is read: seldom enough not to show in a profile.
const SLICE: Duration = Duration::from_millis(1);

/// Calls a rung for about `time`; under our own sampler if `sampler` is "timer".
pub(crate) fn run<I, O>(
    rung: &Rung<I, O>,
    rotation: &mut Rotation<I>,
    time: Duration,
    sampler: &str,
) -> Result<Profiled, Refusal> {
    let slice = rotation.calls_for(rung, SLICE);
    let start = Instant::now();
    let mut calls = 0;
    let mut work = || {
        while start.elapsed() < time {
            for _ in 0..slice {
                call(rung, rotation.turn());
            }
            calls += slice;
        }
    };
    let sampled = match sampler {
        "timer" => Some(sample(&mut work)?),
        _ => {
            work();
            None
        }
    };
    Ok(Profiled { calls, ns: start.elapsed().as_nanos() as u64, sampled })
}

fn call<I, O>(rung: &Rung<I, O>, input: &mut I) {
    match rung.call {
        Call::Reads(run) => rung_call(run, &*input),
        Call::Reuses(run) => rung_call(run, input),
        Call::Consumes { fresh, run } => rung_call(run, &mut fresh(input)),
    }
}

/// The name that the profile starts below.
#[inline(never)]
fn rung_call<A, O>(run: fn(A) -> O, input: A) {
    let result = run(black_box(input));
    // Looked at after the call: else it could be the last thing that this function does, and the
    // function would be gone from the stack by then.
    black_box(&result);
}

#[cfg(all(feature = "profile", unix))]
fn sample(work: &mut dyn FnMut()) -> Result<Sampled, Refusal> {
    crate::sampler::sample(work)
        .map_err(|error| Refusal::Usage(format!("the timer cannot be set: {error}")))
}

#[cfg(not(all(feature = "profile", unix)))]
fn sample(_: &mut dyn FnMut()) -> Result<Sampled, Refusal> {
    let why = if cfg!(unix) {
        "this binary was built without its own sampler"
    } else {
        "this system has no timer that signals; profile the binary with its own tools"
    };
    Err(Refusal::Usage(why.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_rung_is_called() {
        let reads = Rung::new("reads", |list: &Vec<u32>| list.len());
        let reuses = Rung::reusing("reuses", |list: &mut Vec<u32>| list.push(1));
        let consumes = Rung::in_place("consumes", |list: &mut Vec<u32>| list.clear());
        let mut rotation = Rotation::new(vec![vec![7; 10]]);
        let time = Duration::from_millis(2);
        assert!(run(&reads, &mut rotation, time, "perf").unwrap().calls > 0);
        assert!(run(&consumes, &mut rotation, time, "perf").unwrap().sampled.is_none());
        assert_eq!(rotation.inputs[0].len(), 10);
        assert!(run(&reuses, &mut rotation, time, "perf").unwrap().ns >= 2_000_000);
        assert!(rotation.inputs[0].len() > 10);
    }
}
