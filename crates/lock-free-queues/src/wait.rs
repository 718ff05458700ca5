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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_ends_after_so_many_looks_and_begins_anew_after_a_reward() {
        let mut patience = Patience::default();
        for looked in 1..=2 * LOOKS {
            patience.wait();
            assert_eq!(patience.0, looked.min(LOOKS));
        }
        patience.reward();
        assert_eq!(patience.0, 0);
    }
}
