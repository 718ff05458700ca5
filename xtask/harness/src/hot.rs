//! Where a rung spends its time: signals interrupt its threads a few thousand times a second, and
//! the instructions at which they were are counted.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use protocol::HotSpots;

use crate::job::Inputs;
use crate::loaded;
use crate::signals::{self, Note, Signals};

/// Samples below which it goes on longer: on a busy machine they come late.
const ENOUGH: usize = 200;
/// How many times as long.
const LONGEST: u32 = 10;
/// Samples that are kept; later ones are dropped.
const MOST: usize = 1 << 16;

/// Where threads were: made beforehand, since a signal handler may not allocate.
static SEEN: [AtomicUsize; MOST] = [const { AtomicUsize::new(0) }; MOST];

/// Notes the program counter.
struct Counter;

impl Note for Counter {
    const EACH: bool = true;
    const EVERY: Duration = Duration::from_micros(100);

    fn note(at: usize, counter: usize) {
        if let Some(slot) = SEEN.get(at) {
            slot.store(counter, Relaxed);
        }
    }
}

/// Calls a rung for about `millis`, and at least once, and tells where it was meanwhile. Making
/// inputs is not looked at, nor dropping them.
pub(crate) fn sample(inputs: &mut dyn Inputs, rung: usize, millis: u64) -> HotSpots {
    // Pools, tables and caches are made by the first call, which is not the usual one.
    inputs.one(rung, 0, &mut |call| call.run());
    let signals = match Signals::start::<Counter>() {
        Ok(signals) => signals,
        Err(why) => return HotSpots { unavailable: Some(why), ..HotSpots::default() },
    };
    let (start, usual) = (Instant::now(), Duration::from_millis(millis));
    let mut turn = 0;
    loop {
        inputs.one(rung, turn, &mut |call| {
            // Dropping the result is part of the job, as where it is timed.
            signals::watched(|| {
                call.run();
                call.drop_result();
            });
        });
        let spent = start.elapsed();
        if spent >= usual && (signals::taken() >= ENOUGH || spent >= LONGEST * usual) {
            return counted(signals.stop());
        }
        turn = (turn + 1) % inputs.count();
    }
}

/// So many samples, the same ones together, relative to where the program is loaded.
fn counted(taken: usize) -> HotSpots {
    let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
    for slot in &SEEN[..taken.min(MOST)] {
        *counts.entry(slot.load(Relaxed)).or_default() += 1;
    }
    let own = loaded::base(counted as *const () as usize);
    let mut samples = HotSpots::default();
    for (address, count) in counts {
        match (loaded::base(address), own) {
            (Some(base), Some(own)) if base == own => {
                samples.addresses.push(((address - own) as u64, count));
            }
            _ => samples.outside += count,
        }
    }
    samples
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rung;
    use crate::stopwatch::rotation;

    fn spin(steps: &u64) -> u64 {
        (0..*steps).fold(1, |x: u64, _| std::hint::black_box(x.wrapping_mul(3)))
    }

    fn spin_elsewhere(steps: &u64) -> u64 {
        let steps = *steps;
        std::thread::spawn(move || spin(&steps)).join().unwrap_or_default()
    }

    // One test: the samples belong to the process, and tests run side by side.
    #[test]
    fn samples_fall_into_what_runs_in_whatever_thread() {
        for run in [spin, spin_elsewhere] {
            let rungs = [Rung::new("spin", run as fn(&u64) -> u64)];
            let samples = sample(&mut rotation(vec![200_000], &rungs), 0, 100);
            if cfg!(any(target_os = "linux", target_os = "macos")) {
                assert_eq!(samples.unavailable, None);
                let inside: u64 = samples.addresses.iter().map(|(_, count)| count).sum();
                assert!(inside > samples.outside, "{samples:?}");
            } else {
                assert!(samples.unavailable.is_some());
            }
        }
    }
}
