//! What calls take: the time that passed, the processor's, and fresh pages.

use std::ops::AddAssign;
use std::time::Duration;

/// All of it, of some calls together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Spent {
    /// The time that passed.
    pub(crate) wall: Duration,
    /// The processor's, of all threads of this process; 0 where the system does not tell.
    pub(crate) cpu: Duration,
    /// Pages that the system handed over meanwhile; 0 where it does not tell.
    pub(crate) faults: u64,
}

impl Spent {
    /// Of calls that tell how long they took.
    pub(crate) fn of(calls: impl FnOnce() -> Duration) -> Self {
        let (held, before) = (pages(), processor_time());
        let wall = calls();
        let cpu = processor_time().saturating_sub(before);
        let faults = pages().zip(held).map_or(0, |(after, before)| after - before);
        Self { wall, cpu, faults }
    }
}

impl AddAssign for Spent {
    fn add_assign(&mut self, other: Self) {
        self.wall += other.wall;
        self.cpu += other.cpu;
        self.faults += other.faults;
    }
}

/// What all threads of this process have had of the processors, those that ended included.
#[cfg(unix)]
fn processor_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: it writes one time, for which it gets the place.
    let told = unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    if told != 0 {
        return Duration::ZERO;
    }
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}

/// Not asked for on other systems.
#[cfg(not(unix))]
fn processor_time() -> Duration {
    Duration::ZERO
}

/// Pages that this process, with all its threads, was handed without a disk having to be read.
#[cfg(unix)]
pub(crate) fn pages() -> Option<u64> {
    let mut usage = std::mem::MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: it writes one structure of numbers, for which it gets the place.
    let told = unsafe { libc::getrusage(libc::RUSAGE_SELF, usage.as_mut_ptr()) };
    // SAFETY: numbers may be zero, and were written if they were told.
    let usage = unsafe { usage.assume_init() };
    (told == 0).then(|| usage.ru_minflt.unsigned_abs())
}

/// Other systems count other things.
#[cfg(not(unix))]
pub(crate) fn pages() -> Option<u64> {
    None
}
