//! What two stages share, and how one waits for the other.

use std::hint;
use std::sync::atomic::{
    AtomicBool, AtomicU32,
    Ordering::{Acquire, Release},
};
use std::thread::{self, Thread};

use crate::ring::Ring;

/// Messages on their way.
pub(crate) const SLOTS: usize = 1024;

/// How often a thread that spins looks before it gives up its core once. Without that it would keep
/// the core from the thread that it waits for, where both have the same one.
const LOOKS: u32 = 100;

/// How a stage waits for the other one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// It looks again and again.
    Spinning,
    /// It lets the other one wake it up.
    Sleeping,
}

/// Two rings and two threads.
#[derive(Debug)]
pub(crate) struct Lane {
    /// From the first stage to the second.
    pub(crate) forward: Ring,
    /// From the second to the first.
    pub(crate) back: Ring,
    waits: Waits,
    threads: [Thread; 2],
    /// How many stages have ended.
    ended: AtomicU32,
    /// Whether one of them ended by a panic.
    abandoned: AtomicBool,
}

impl Lane {
    pub(crate) fn new(waits: Waits, threads: [Thread; 2]) -> Self {
        let (forward, back) = (Ring::new(SLOTS), Ring::new(SLOTS));
        let (ended, abandoned) = (AtomicU32::new(0), AtomicBool::new(false));
        Self { forward, back, waits, threads, ended, abandoned }
    }

    /// Tries until it succeeds; waits for the other stage in between.
    ///
    /// # Panics
    /// If the other stage has panicked.
    pub(crate) fn until<T>(&self, mut attempt: impl FnMut() -> Option<T>) -> T {
        let looks = if self.waits == Waits::Spinning { LOOKS } else { 1 };
        loop {
            for _ in 0..looks {
                if let Some(value) = attempt() {
                    return value;
                }
                hint::spin_loop();
            }
            assert!(!self.abandoned.load(Acquire), "the other stage has panicked");
            match self.waits {
                Waits::Spinning => thread::yield_now(),
                Waits::Sleeping => thread::park(),
            }
        }
    }

    /// Wakes a stage up, where stages sleep.
    pub(crate) fn wake(&self, stage: usize) {
        if self.waits == Waits::Sleeping {
            self.threads[stage].unpark();
        }
    }

    /// Whether so many stages have ended.
    pub(crate) fn has_ended(&self, stages: u32) -> Option<()> {
        (self.ended.load(Acquire) >= stages).then_some(())
    }

    /// To be dropped at a stage's end, whichever way it ends.
    pub(crate) fn stage(&self) -> Stage<'_> {
        Stage(self)
    }
}

/// A stage that runs.
pub(crate) struct Stage<'a>(&'a Lane);

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.abandoned.store(true, Release);
        }
        self.0.ended.fetch_add(1, Release);
        self.0.threads.iter().for_each(Thread::unpark);
    }
}
