//! Where a rung spends its time: a second thread interrupts all others a few thousand times a
//! second, and a signal handler notes where each of them was.
//!
//! A thread that sends signals, and not a timer that does: a process has one timer and its signal
//! goes to whichever thread the system likes, while a rung may work in threads that are started
//! anew at each call. Nothing here runs in a process that times something.

use std::time::{Duration, Instant};

use protocol::HotSpots;

use crate::job::Inputs;

/// Samples below which it goes on longer: on a busy machine they come late.
const ENOUGH: usize = 200;
/// How many times as long.
const LONGEST: u32 = 10;

/// Calls a rung for about `millis`, and at least once, and tells where it was meanwhile. Making
/// inputs is not looked at, nor dropping them.
pub(crate) fn sample(inputs: &mut dyn Inputs, rung: usize, millis: u64) -> HotSpots {
    // Pools, tables and caches are made by the first call, which is not the usual one.
    inputs.one(rung, 0, &mut |call| call.run());
    let sampler = match sampler::Sampler::start() {
        Ok(sampler) => sampler,
        Err(why) => return HotSpots { unavailable: Some(why), ..HotSpots::default() },
    };
    let (start, usual) = (Instant::now(), Duration::from_millis(millis));
    let mut turn = 0;
    loop {
        inputs.one(rung, turn, &mut |call| {
            // Dropping the result is part of the job, as where it is timed.
            sampler::watched(|| {
                call.run();
                call.drop_result();
            });
        });
        let spent = start.elapsed();
        if spent >= usual && (sampler.taken() >= ENOUGH || spent >= LONGEST * usual) {
            return sampler.stop();
        }
        turn = (turn + 1) % inputs.count();
    }
}

#[cfg(not(all(
    any(target_os = "linux", target_os = "macos"),
    any(target_arch = "x86_64", target_arch = "aarch64")
)))]
mod sampler {
    //! Systems without signals, and processors whose registers nobody looked up.

    use protocol::HotSpots;

    pub(super) struct Sampler;

    impl Sampler {
        pub(super) fn start() -> Result<Self, String> {
            Err("sampling needs signals, as Linux and macOS have them, on x86-64 or AArch64"
                .to_owned())
        }

        pub(super) fn taken(&self) -> usize {
            0
        }

        pub(super) fn stop(self) -> HotSpots {
            HotSpots::default()
        }
    }

    pub(super) fn watched(run: impl FnOnce()) {
        run();
    }
}

#[cfg(all(
    any(target_os = "linux", target_os = "macos"),
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
#[path = "hot/sampler.rs"]
mod sampler;

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
