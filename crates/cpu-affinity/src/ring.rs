//! A ring between two threads: one puts messages in, the other takes them out in the same order.

use super::sync::{
    AtomicU64, AtomicUsize,
    Ordering::{Acquire, Relaxed, Release},
};

/// A pair of cache lines of its own, so that nobody else's writes take it away.
#[derive(Debug)]
#[repr(align(128))]
struct Line(AtomicUsize);

/// Slots, and how many messages have gone in and come out so far.
#[derive(Debug)]
pub(crate) struct Ring {
    sent: Line,
    taken: Line,
    slots: Box<[AtomicU64]>,
}

/// The end at which messages go in. A ring has one at a time.
#[derive(Debug)]
pub(crate) struct Sender<'a> {
    ring: &'a Ring,
    sent: usize,
    /// What was last seen of the other end.
    taken: usize,
}

/// The end at which messages come out. A ring has one at a time.
#[derive(Debug)]
pub(crate) struct Taker<'a> {
    ring: &'a Ring,
    taken: usize,
    /// What was last seen of the other end.
    sent: usize,
}

impl Ring {
    /// An empty one; `slots` is a power of two.
    pub(crate) fn new(slots: usize) -> Self {
        let line = || Line(AtomicUsize::new(0));
        let slots = (0..slots).map(|_| AtomicU64::new(0)).collect();
        Self { sent: line(), taken: line(), slots }
    }

    pub(crate) fn sender(&self) -> Sender<'_> {
        Sender { ring: self, sent: 0, taken: 0 }
    }

    pub(crate) fn taker(&self) -> Taker<'_> {
        Taker { ring: self, taken: 0, sent: 0 }
    }

    fn slot(&self, at: usize) -> &AtomicU64 {
        &self.slots[at & (self.slots.len() - 1)]
    }
}

impl Sender<'_> {
    /// Puts a message in, if there is room.
    pub(crate) fn send(&mut self, message: u64) -> Option<()> {
        if self.sent - self.taken == self.ring.slots.len() {
            self.taken = self.ring.taken.0.load(Acquire); // it was read before it is overwritten
            if self.sent - self.taken == self.ring.slots.len() {
                return None;
            }
        }
        self.ring.slot(self.sent).store(message, Relaxed);
        self.sent += 1;
        self.ring.sent.0.store(self.sent, Release); // the message before the count
        Some(())
    }
}

impl Taker<'_> {
    /// Takes the next message out, if there is one.
    pub(crate) fn take(&mut self) -> Option<u64> {
        if self.taken == self.sent {
            self.sent = self.ring.sent.0.load(Acquire); // the count before the message
            if self.taken == self.sent {
                return None;
            }
        }
        let message = self.ring.slot(self.taken).load(Relaxed);
        self.taken += 1;
        self.ring.taken.0.store(self.taken, Release); // read before it may be overwritten
        Some(message)
    }
}
