//! Calls one rung again and again under a function of a known name, for whoever samples stacks:
//! what is below that name is the rung, everything else is not.

use std::hint::black_box;
use std::time::{Duration, Instant};

use protocol::{Refusal, Sampled, Sampler};

use crate::job::Inputs;
use crate::stopwatch::calls_for;

/// How often the clock is read: seldom enough not to show in a profile.
const SLICE: Duration = Duration::from_millis(1);

/// Calls a rung for about `time`, for a sampler outside or under our own.
pub(crate) fn run(
    inputs: &mut dyn Inputs,
    rung: usize,
    time: Duration,
    sampler: Sampler,
) -> Result<Option<Sampled>, Refusal> {
    let slice = calls_for(inputs, rung, SLICE);
    let start = Instant::now();
    let mut work = || {
        while start.elapsed() < time {
            inputs.profiled(rung, slice);
        }
    };
    match sampler {
        Sampler::Timer => sample(&mut work).map(Some),
        Sampler::Outside => {
            work();
            Ok(None)
        }
    }
}

/// The name that the profile starts below.
#[inline(never)]
pub(crate) fn rung_call<A, O>(run: fn(A) -> O, input: A) {
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
