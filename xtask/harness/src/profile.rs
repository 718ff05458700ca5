//! Calls one rung again and again under a function of a known name, for whoever samples stacks:
//! what is below that name is the rung, everything else is not.

#[cfg(feature = "profile")]
pub mod process;
#[cfg(feature = "profile")]
mod stacks;

use std::hint::black_box;
use std::time::{Duration, Instant};

use protocol::{Refusal, Sampled, Sampler};

use crate::job::Inputs;
use crate::slices::calls_for;

/// How often the clock is read: seldom enough not to show in a profile.
const SLICE: Duration = Duration::from_millis(1);

/// Calls a rung for about `time`, for a sampler outside or under our own.
pub(crate) fn run(
    inputs: &mut dyn Inputs,
    rung: usize,
    time: Duration,
    sampler: Sampler,
) -> Result<Option<Sampled>, Refusal> {
    let (slice, _) = calls_for(inputs, rung, SLICE);
    let mut work = || {
        let start = Instant::now();
        while start.elapsed() < time {
            inputs.profiled(rung, slice);
        }
    };
    match sampler {
        Sampler::Timer => sample(&mut work).map(Some).map_err(Refusal::Usage),
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

#[cfg(feature = "profile")]
use stacks::sample;

#[cfg(not(feature = "profile"))]
fn sample(_: &mut dyn FnMut()) -> Result<Sampled, String> {
    Err("this binary was built without its own sampler".to_owned())
}
