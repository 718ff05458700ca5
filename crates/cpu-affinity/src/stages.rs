//! What the two stages do, wherever they run.

use std::hint::{black_box, spin_loop};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crate::lane::Lane;

/// What the two stages do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// The second stage answers each message before the first one sends the next.
    PingPong,
    /// The first stage sends as fast as there is room; the second answers at the end.
    Stream,
    /// The first stage does something small for each message, each a millisecond after the one
    /// before; the second is a noisy neighbour, which computes as long as the first one runs.
    Ticks,
}

/// What is done with which messages.
#[derive(Debug, Clone)]
pub struct Stages {
    /// What is done.
    pub work: Work,
    /// In the order in which they are sent.
    pub messages: Arc<[u64]>,
}

/// What the first stage has at the end.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Made of all that the second stage answered, or of what was done at each tick, in order.
    pub digest: u64,
    /// How many answers, or ticks.
    pub handled: usize,
    /// Ticks before their time: must be none.
    pub early: usize,
}

/// From a tick to the next.
const TICK: Duration = Duration::from_millis(1);

impl Stages {
    /// The first stage: sends all messages and keeps the answers.
    ///
    /// # Panics
    /// If the second stage has panicked.
    pub(crate) fn first(&self, lane: &Lane, awake: Duration) -> Answer {
        let (mut forward, mut back) = (lane.forward.sender(), lane.back.taker());
        let mut answer = Answer::default();
        match self.work {
            Work::PingPong => {
                for &message in &*self.messages {
                    lane.until(|| forward.send(decoded(message)));
                    lane.wake(1);
                    answer.add(lane.until(|| back.take()));
                }
            }
            Work::Stream => {
                for &message in &*self.messages {
                    lane.until(|| forward.send(decoded(message)));
                }
                answer.add(lane.until(|| back.take()));
            }
            Work::Ticks => {
                let mut due = Instant::now();
                for &message in &*self.messages {
                    due += TICK;
                    wait(due, awake);
                    answer.tick(message, Instant::now(), due);
                }
            }
        }
        answer
    }

    /// The second stage: as many messages as there are.
    ///
    /// # Panics
    /// If the first stage has panicked.
    pub(crate) fn second(&self, lane: &Lane) {
        let (mut forward, mut back) = (lane.forward.taker(), lane.back.sender());
        let mut sum = 0;
        match self.work {
            Work::PingPong => {
                for _ in &*self.messages {
                    sum = folded(sum, lane.until(|| forward.take()));
                    lane.until(|| back.send(sum));
                    lane.wake(0);
                }
            }
            Work::Stream => {
                for _ in &*self.messages {
                    sum = folded(sum, lane.until(|| forward.take()));
                }
                lane.until(|| back.send(sum));
            }
            Work::Ticks => {
                while lane.has_ended(1).is_none() {
                    sum = black_box(folded(sum, 1));
                }
            }
        }
    }
}

impl Answer {
    /// Does at this time what was due at that.
    fn tick(&mut self, message: u64, now: Instant, due: Instant) {
        self.early += usize::from(now < due);
        self.add(decoded(message));
    }

    fn add(&mut self, answer: u64) {
        self.digest = folded(self.digest, answer);
        self.handled += 1;
    }
}

/// Sleeps until shortly before it is time, and stays awake for what is left.
fn wait(due: Instant, awake: Duration) {
    let left = due.saturating_duration_since(Instant::now());
    thread::sleep(left.saturating_sub(awake));
    while Instant::now() < due {
        spin_loop();
    }
}

/// What the first stage makes of a message before it sends it.
fn decoded(message: u64) -> u64 {
    message.rotate_left(7) ^ 0x9e37_79b9_7f4a_7c15
}

/// What the second stage makes of all messages so far. Their order matters.
fn folded(sum: u64, message: u64) -> u64 {
    (sum ^ message).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No rung is early, so only this tells whether one would be found.
    #[test]
    fn ticks_before_their_time_are_counted() {
        let due = Instant::now() + TICK;
        let mut answer = Answer::default();
        for (after, early) in [(2, 0), (1, 0), (0, 1), (0, 2)] {
            answer.tick(7, due - TICK + after * TICK, due);
            assert_eq!(answer.early, early);
        }
        assert_eq!(answer.handled, 4);
    }
}
