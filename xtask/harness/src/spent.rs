//! What calls take: the time that passed, and the processor's.

use std::ops::AddAssign;
use std::time::Duration;

/// Both, of some calls together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Spent {
    /// The time that passed.
    pub(crate) wall: Duration,
    /// The processor's, of all threads of this process; 0 where the system does not tell.
    pub(crate) cpu: Duration,
}

impl Spent {
    /// Of calls that tell how long they took.
    pub(crate) fn of(calls: impl FnOnce() -> Duration) -> Self {
        let before = processor_time();
        let wall = calls();
        Self { wall, cpu: processor_time().saturating_sub(before) }
    }
}

impl AddAssign for Spent {
    fn add_assign(&mut self, other: Self) {
        self.wall += other.wall;
        self.cpu += other.cpu;
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
