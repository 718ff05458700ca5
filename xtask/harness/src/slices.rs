//! How long a slice of calls is.

use std::time::Duration;

use crate::job::Inputs;

/// How many calls of a rung make a slice of about `slice`, one where a call takes longer, and how
/// long a call takes.
///
/// The first calls are cold, and any may be interrupted. Taken at their word they would give a rung
/// slices of a single call, which begin where another rung left the caches, beside slices of a
/// dozen. So the fastest of a few timings counts.
pub(crate) fn calls_for(inputs: &mut dyn Inputs, rung: usize, slice: Duration) -> (u64, Duration) {
    let mut calls = 1;
    loop {
        let mut time = inputs.time(rung, calls);
        // Repeating a call of twenty milliseconds could not turn it into a short one, and for one
        // of two it is enough to see once more that it was not merely cold.
        let again = [10, 100].into_iter().filter(|&slices| time < slices * slice).count();
        for _ in 0..again {
            if time * 2 >= slice {
                time = time.min(inputs.time(rung, calls));
            }
        }
        if time * 2 >= slice {
            let call = time.as_secs_f64() / calls as f64;
            let calls = (slice.as_secs_f64() / call).round().max(1.0) as u64;
            return (calls, Duration::from_secs_f64(call));
        }
        calls *= 4;
    }
}
