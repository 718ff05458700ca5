//! A ring of slots between two indices that count on for ever: the sender releases a slot with one,
//! the receiver gives it back with the other, and nobody locks anything.

use super::slots::Slots;
use super::sync::{
    Arc, AtomicUsize,
    Ordering::{Acquire, Relaxed, Release},
};

/// The end that messages go into.
pub struct Sender<T>(Arc<Ring<T>>);

/// The end that they come out of.
pub struct Receiver<T>(Arc<Ring<T>>);

struct Ring<T> {
    /// Where the next message is taken; only the receiver writes it.
    head: AtomicUsize,
    /// Where the next one is left; only the sender writes it.
    tail: AtomicUsize,
    slots: Slots<T>,
}

/// A queue with room for so many messages.
pub fn queue<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    queue_at(capacity, 0)
}

/// The same with indices that begin here.
pub(crate) fn queue_at<T>(capacity: usize, start: usize) -> (Sender<T>, Receiver<T>) {
    let (head, tail) = (AtomicUsize::new(start), AtomicUsize::new(start));
    let ring = Arc::new(Ring { head, tail, slots: Slots::new(capacity) });
    (Sender(Arc::clone(&ring)), Receiver(ring))
}

impl<T: Clone> Sender<T> {
    /// Hands over as many messages as there is room for.
    pub fn send(&mut self, messages: &[T]) -> usize {
        let ring = &*self.0;
        for (sent, message) in messages.iter().enumerate() {
            let tail = ring.tail.load(Relaxed); // its own
            let head = ring.head.load(Acquire); // what was taken, before it is written over
            if tail.wrapping_sub(head) == ring.slots.len() {
                return sent;
            }
            // SAFETY: the slot is not between head and tail, where alone the receiver is.
            unsafe { ring.slots.at(tail).write(message.clone()) };
            ring.tail.store(tail.wrapping_add(1), Release); // the message before the index
        }
        messages.len()
    }
}

impl<T> Receiver<T> {
    /// Takes what is there, as much as the queue holds at most.
    pub fn receive(&mut self, mut each: impl FnMut(T)) -> usize {
        let ring = &*self.0;
        for taken in 0..ring.slots.len() {
            let head = ring.head.load(Relaxed); // its own
            let tail = ring.tail.load(Acquire); // the index before its messages
            if head == tail {
                return taken;
            }
            // SAFETY: between head and tail each slot has a message, and the sender is at none.
            let message = unsafe { ring.slots.at(head).take() };
            ring.head.store(head.wrapping_add(1), Release); // taken, before it is given back
            each(message);
        }
        ring.slots.len()
    }
}

impl<T> Drop for Ring<T> {
    fn drop(&mut self) {
        // SAFETY: both ends are gone, and between head and tail each slot has a message.
        unsafe { self.slots.take(self.head.load(Relaxed), self.tail.load(Relaxed), drop) };
    }
}
