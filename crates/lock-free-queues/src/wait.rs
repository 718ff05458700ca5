//! Waiting without a lock: whoever has nothing to do looks again, and again.

use std::{hint, thread};

/// Looks that are made before the core is offered to others.
const LOOKS: u32 = 128;

/// How long one has been waiting. Soon the other's message is on its way, and a system call would
/// only make its end later; but if the other has no core, only a system call gives it one.
#[derive(Default)]
pub struct Patience(u32);

impl Patience {
    /// Waits a little before the next look.
    #[inline]
    pub fn wait(&mut self) {
        if self.0 < LOOKS {
            self.0 += 1;
            hint::spin_loop();
        } else {
            thread::yield_now();
        }
    }

    /// There was something.
    #[inline]
    pub fn reward(&mut self) {
        self.0 = 0;
    }
}
