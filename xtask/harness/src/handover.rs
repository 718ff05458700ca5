//! How long a cache line takes from one core to another. A host moves the cores of a guest about:
//! for minutes two of them share a cache, and then they do not. What threads hand to each other
//! takes a multiple then, which nothing else inside a guest shows.

use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::{Acquire, Release};
use std::thread;
use std::time::Instant;

use crate::apart::{self, forks};
use crate::own_cores;

/// Round trips that are timed at a time, and how often.
const TRIPS: u64 = 500;
const TIMES: usize = 7;

/// Nanoseconds from core to core, between those two that threads come to first; `None` where there
/// is one core, or no child can be forked: to have had a thread changes what a process pays for an
/// allocation.
pub(crate) fn between_cores() -> Option<f64> {
    const WHAT: &str = "the process that hands a cache line over";
    let cores = own_cores::first_two().filter(|_| forks())?;
    let work = move |_, answer| Ok(serde_json::to_writer(answer, &between(cores))?);
    apart::fork(work).ok()?.value(WHAT).ok()
}

/// A line that nothing else lies on, nor on the one that is fetched with it.
#[repr(align(128))]
struct Line(AtomicU64);

/// The middle of several times, of threads that answer each other through one line.
fn between(cores: [usize; 2]) -> f64 {
    let line = Line(AtomicU64::new(0));
    let answer_from = |first: u64| {
        (0..TRIPS * TIMES as u64).map(move |trip| 2 * trip + first).for_each(|turn| {
            while line.0.load(Acquire) != turn {
                std::hint::spin_loop();
            }
            line.0.store(turn + 1, Release);
        });
    };
    let mut times = [0.0; TIMES];
    thread::scope(|scope| {
        scope.spawn(|| {
            own_cores::stay(cores[1]);
            answer_from(1);
        });
        own_cores::stay(cores[0]);
        for (time, from) in times.iter_mut().zip((0..).step_by(TRIPS as usize)) {
            let start = Instant::now();
            for trip in from..from + TRIPS {
                line.0.store(2 * trip + 1, Release);
                while line.0.load(Acquire) != 2 * trip + 2 {
                    std::hint::spin_loop();
                }
            }
            *time = start.elapsed().as_nanos() as f64 / (2 * TRIPS) as f64;
        }
    });
    times.sort_unstable_by(f64::total_cmp);
    times[TIMES / 2]
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_there_and_back() {
        if let Some(cores) = own_cores::first_two() {
            let time = between(cores);
            assert!(time.is_finite() && time > 0.0, "{time}");
        }
    }
}
