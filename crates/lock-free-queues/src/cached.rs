//! Each end keeps a copy of the other's index, and looks again only when by the copy it is at a
//! loss: the other has meanwhile done more than it knows, never less.

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
pub struct Receiver<T> {
    ring: Arc<Ring<T>>,
    /// The sender's index when it was last looked at.
    tail: usize,
}

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
    (Sender { ring: Arc::clone(&ring), head: start }, Receiver { ring, tail: start })
}

impl<T: Clone> Sender<T> {
    /// Hands over as many messages as there is room for.
    pub fn send(&mut self, messages: &[T]) -> usize {
        let ring = &*self.ring;
        for (sent, message) in messages.iter().enumerate() {
            let tail = ring.tail.0.load(Relaxed); // its own
            if tail.wrapping_sub(self.head) == ring.slots.len() {
                self.head = ring.head.0.load(Acquire); // what was taken, before it is written over
                if tail.wrapping_sub(self.head) == ring.slots.len() {
                    return sent;
                }
            }
            // SAFETY: the slot is not between head and tail, where alone the receiver is.
            unsafe { ring.slots.at(tail).write(message.clone()) };
            ring.tail.0.store(tail.wrapping_add(1), Release); // the message before the index
        }
        messages.len()
    }
}

impl<T> Receiver<T> {
    /// Takes what is there, as much as the queue holds at most.
    pub fn receive(&mut self, mut each: impl FnMut(T)) -> usize {
        let ring = &*self.ring;
        for taken in 0..ring.slots.len() {
            let head = ring.head.0.load(Relaxed); // its own
            if head == self.tail {
                self.tail = ring.tail.0.load(Acquire); // the index before its messages
                if head == self.tail {
                    return taken;
                }
            }
            // SAFETY: between head and tail each slot has a message, and the sender is at none.
            let message = unsafe { ring.slots.at(head).take() };
            ring.head.0.store(head.wrapping_add(1), Release); // taken, before it is given back
            each(message);
        }
        ring.slots.len()
    }
}

impl<T> Drop for Ring<T> {
    fn drop(&mut self) {
        // SAFETY: both ends are gone, and between head and tail each slot has a message.
        unsafe { self.slots.take(self.head.0.load(Relaxed), self.tail.0.load(Relaxed), drop) };
    }
}
