//! A batch at a time: as many messages as are ready are copied into the ring or come out of it, and
//! the index moves once for all of them. What is copied need not be dropped.

use super::line::Line;
use super::slots::Slots;
use super::sync::{
    Arc, AtomicUsize,
    Ordering::{Acquire, Relaxed, Release},
};

/// The end that messages go into.
pub struct Sender<T> {
    ring: Arc<Ring<T>>,
    /// The receiver's index when it was last looked at.
    head: usize,
}

/// The end that they come out of.
pub struct Receiver<T>(Arc<Ring<T>>);

struct Ring<T> {
    /// Where the next message is taken; only the receiver writes it.
    head: Line<AtomicUsize>,
    /// Where the next one is left; only the sender writes it.
    tail: Line<AtomicUsize>,
    slots: Slots<T>,
}

/// A queue with room for so many messages.
pub fn queue<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    queue_at(capacity, 0)
}

/// The same with indices that begin here.
pub(crate) fn queue_at<T>(capacity: usize, start: usize) -> (Sender<T>, Receiver<T>) {
    let index = || Line(AtomicUsize::new(start));
    let ring = Arc::new(Ring { head: index(), tail: index(), slots: Slots::new(capacity) });
    (Sender { ring: Arc::clone(&ring), head: start }, Receiver(ring))
}

impl<T: Copy> Sender<T> {
    /// Hands over as many messages as there is room for.
    pub fn send(&mut self, messages: &[T]) -> usize {
        let ring = &*self.ring;
        let tail = ring.tail.0.load(Relaxed); // its own
        if ring.slots.len() - tail.wrapping_sub(self.head) < messages.len() {
            self.head = ring.head.0.load(Acquire); // what was taken, before it is written over
        }
        let room = ring.slots.len() - tail.wrapping_sub(self.head);
        let batch = &messages[..room.min(messages.len())];
        // SAFETY: these slots are not between head and tail, where alone the receiver is.
        unsafe { ring.slots.fill(tail, batch) };
        ring.tail.0.store(tail.wrapping_add(batch.len()), Release); // messages before the index
        batch.len()
    }
}

impl<T> Receiver<T> {
    /// Takes what is there, as much as the queue holds at most.
    pub fn receive(&mut self, mut each: impl FnMut(T)) -> usize {
        let ring = &*self.0;
        let head = ring.head.0.load(Relaxed); // its own
        let tail = ring.tail.0.load(Acquire); // the index before its messages
        let there = tail.wrapping_sub(head);
        let mut taken = Taken { head: &ring.head.0, upto: head };
        let mut each = |message| {
            taken.upto = taken.upto.wrapping_add(1);
            each(message);
        };
        // SAFETY: between head and tail each slot has a message, and the sender is at none.
        unsafe { ring.slots.take(head, tail, &mut each) };
        there
    }
}

/// Gives slots back all at once, and after a panic those of the messages that were taken till then.
struct Taken<'r> {
    head: &'r AtomicUsize,
    upto: usize,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.head.store(self.upto, Release); // taken, before it is given back
    }
}
