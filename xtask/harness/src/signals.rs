//! Interrupts threads of this process again and again while a rung runs, and has noted where they
//! were. What is noted differs, program counters in `hot` and whole stacks in `profile`, and so
//! does who sends the signals.
//!
//! A thread that sends them to each of the others does so as often as one likes. But it finds
//! threads that wait for a processor as well as those that have one, and they wait where they gave
//! it away: what it sees of system calls is no measure of their time, so that they are left out. A
//! timer of processor time finds threads that run, in the kernel too, but ticks no faster than the
//! kernel's clock. Nothing here runs in a process that times something.

#[cfg(all(
    any(target_os = "linux", target_os = "macos"),
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
mod system;
#[cfg(not(all(
    any(target_os = "linux", target_os = "macos"),
    any(target_arch = "x86_64", target_arch = "aarch64")
)))]
#[path = "signals/none.rs"]
mod system;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Whether a rung runs just now.
static WATCHING: AtomicBool = AtomicBool::new(false);
/// Samples since the start.
static TAKEN: AtomicUsize = AtomicUsize::new(0);
/// One look at a time: signals, and what is noted at them, belong to the process.
static LOOKING: Mutex<()> = Mutex::new(());

/// What is noted at a sample, and when there is one.
pub(crate) trait Note {
    /// Whether each thread is looked at, unless it is in a system call. If not, it is the one that
    /// spends processor time, be it there.
    const EACH: bool;
    /// Time between two signals. They come late.
    const EVERY: Duration;

    /// Notes sample number `at`: a thread was interrupted at `counter`. Called in the middle of
    /// anything, even of the allocator: it takes no lock and no memory.
    fn note(at: usize, counter: usize);
}

/// Runs something under observation.
pub(crate) fn watched(run: impl FnOnce()) {
    watch(true);
    run();
    watch(false);
}

/// Says whether what runs is to be noted.
pub(crate) fn watch(whether: bool) {
    WATCHING.store(whether, Relaxed);
}

/// How many samples there are so far.
pub(crate) fn taken() -> usize {
    TAKEN.load(Relaxed)
}

/// Stops what sends the signals.
type Stop = Box<dyn FnOnce()>;

/// Signals on their way.
pub(crate) struct Signals {
    stop: Stop,
    _alone: MutexGuard<'static, ()>,
}

impl Signals {
    /// Has threads interrupted from now on; what is [`watched`] is noted.
    pub(crate) fn start<N: Note>() -> Result<Self, String> {
        let alone = LOOKING.lock().unwrap_or_else(PoisonError::into_inner);
        TAKEN.store(0, Relaxed);
        Ok(Self { stop: system::start::<N>()?, _alone: alone })
    }

    /// Sends no more, and says how many samples there were.
    pub(crate) fn stop(self) -> usize {
        (self.stop)();
        taken()
    }
}

#[cfg(all(test, target_os = "linux"))] // elsewhere the system picks a thread by rules of its own
mod tests {
    use std::cell::Cell;
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    thread_local! {
        /// Which of the threads below this is; other tests run meanwhile and are seen too.
        static PART: Cell<usize> = const { Cell::new(0) };
    }
    const COMPUTES: usize = 1;
    const CALLS: usize = 2;
    const WAITS: usize = 3;

    static OF_EACH: [AtomicUsize; 4] = [const { AtomicUsize::new(0) }; 4];
    static OF_TIMER: [AtomicUsize; 4] = [const { AtomicUsize::new(0) }; 4];

    struct Each;

    impl Note for Each {
        const EACH: bool = true;
        const EVERY: Duration = Duration::from_micros(200);

        fn note(_: usize, _: usize) {
            OF_EACH[PART.get()].fetch_add(1, Relaxed);
        }
    }

    struct Timer;

    impl Note for Timer {
        const EACH: bool = false;
        const EVERY: Duration = Duration::from_millis(1);

        fn note(_: usize, _: usize) {
            OF_TIMER[PART.get()].fetch_add(1, Relaxed);
        }
    }

    /// Runs three threads until one of them has been seen often enough.
    fn seen<N: Note>(seen: &'static [AtomicUsize; 4]) -> [usize; 3] {
        let signals = Signals::start::<N>().unwrap();
        let enough = || seen[COMPUTES].load(Relaxed) >= 50;
        let (send, receive) = mpsc::channel::<()>();
        watched(|| {
            thread::scope(|scope| {
                scope.spawn(move || {
                    PART.set(WAITS);
                    receive.recv().unwrap_err();
                });
                scope.spawn(move || {
                    PART.set(CALLS);
                    while !enough() {
                        // SAFETY: it only takes the kernel's time.
                        unsafe { libc::sched_getaffinity(0, 0, std::ptr::null_mut()) };
                    }
                    drop(send);
                });
                PART.set(COMPUTES);
                while !enough() {
                    std::hint::black_box((0..1_000).map(std::hint::black_box).sum::<u64>());
                }
            });
        });
        assert!(signals.stop() >= 50);
        [COMPUTES, CALLS, WAITS].map(|part| seen[part].load(Relaxed))
    }

    #[test]
    fn each_thread_is_seen_in_its_own_code() {
        let [computes, calls, waits] = seen::<Each>(&OF_EACH);
        assert!(calls < computes && waits < computes / 4, "{OF_EACH:?}");
    }

    #[test]
    fn the_timer_sees_work_of_the_kernels_too() {
        let [computes, calls, waits] = seen::<Timer>(&OF_TIMER);
        assert!(calls > computes / 4 && waits < computes / 4, "{OF_TIMER:?}");
    }
}
