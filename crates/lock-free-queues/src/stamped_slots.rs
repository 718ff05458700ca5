//! Each slot has a stamp that says whose turn it is, so that many may send: a compare-and-exchange
//! gives a sender its slot, and the stamp hands that slot alone to the receiver and back (Vyukov).

use super::line::Line;
use super::slot::Slot;
use super::sync::{
    Arc, AtomicUsize,
    Ordering::{Acquire, Relaxed, Release},
};

/// The end that messages go into; it can be cloned.
pub struct Sender<T>(Arc<Ring<T>>);

/// The end that they come out of.
pub struct Receiver<T> {
    ring: Arc<Ring<T>>,
    /// Where the next message is taken.
    head: usize,
}

struct Ring<T> {
    /// Where the next message is left; whoever moves it may.
    tail: Line<AtomicUsize>,
    slots: Box<[Stamped<T>]>,
}

/// A slot whose stamp is a position when that may be written, and one more when it can be taken.
struct Stamped<T> {
    stamp: AtomicUsize,
    slot: Slot<T>,
}

/// A queue with room for so many messages.
pub fn queue<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    queue_at(capacity, 0)
}

/// The same with positions that begin here.
pub(crate) fn queue_at<T>(capacity: usize, start: usize) -> (Sender<T>, Receiver<T>) {
    assert!(capacity.is_power_of_two() && capacity > 1, "a stamp tells two positions of a slot");
    let ahead = |at: usize| at.wrapping_sub(start) & (capacity - 1);
    let stamp = |at| AtomicUsize::new(start.wrapping_add(ahead(at)));
    let slots = (0..capacity).map(|at| Stamped { stamp: stamp(at), slot: Slot::new() }).collect();
    let ring = Arc::new(Ring { tail: Line(AtomicUsize::new(start)), slots });
    (Sender(Arc::clone(&ring)), Receiver { ring, head: start })
}

impl<T> Ring<T> {
    /// The slot of a position.
    #[inline]
    fn at(&self, position: usize) -> &Stamped<T> {
        &self.slots[position & (self.slots.len() - 1)]
    }

    /// Where a slot is free for a message, unless all are full. It is the caller's.
    #[inline]
    fn claim(&self) -> Option<usize> {
        let mut tail = self.tail.0.load(Relaxed);
        loop {
            let stamp = self.at(tail).stamp.load(Acquire); // the stamp, before the slot is written
            if stamp == tail {
                let next = tail.wrapping_add(1);
                match self.tail.0.compare_exchange_weak(tail, next, Relaxed, Relaxed) {
                    Ok(_) => return Some(tail),
                    Err(now) => tail = now, // another sender was first
                }
            } else if tail.wrapping_sub(stamp) <= self.slots.len() {
                return None; // a message of one round ago is in it, or on its way
            } else {
                tail = self.tail.0.load(Relaxed); // taken meanwhile
            }
        }
    }
}

impl<T: Clone> Sender<T> {
    /// Hands over as many messages as there is room for.
    pub fn send(&mut self, messages: &[T]) -> usize {
        let ring = &*self.0;
        for (sent, message) in messages.iter().enumerate() {
            let message = message.clone(); // if this panics, no slot waits for it
            let Some(tail) = ring.claim() else { return sent };
            let Stamped { stamp, slot } = ring.at(tail);
            // SAFETY: its stamp gave the slot to senders, and the index gave it to this one.
            unsafe { slot.write(message) };
            stamp.store(tail.wrapping_add(1), Release); // the message before the stamp
        }
        messages.len()
    }
}

impl<T> Receiver<T> {
    /// Takes what is there, as much as the queue holds at most.
    pub fn receive(&mut self, mut each: impl FnMut(T)) -> usize {
        let ring = &*self.ring;
        for taken in 0..ring.slots.len() {
            let Stamped { stamp, slot } = ring.at(self.head);
            if stamp.load(Acquire) != self.head.wrapping_add(1) {
                return taken;
            }
            // SAFETY: its stamp gave the slot to the one receiver, with a message in it.
            let message = unsafe { slot.take() };
            stamp.store(self.head.wrapping_add(ring.slots.len()), Release); // for the next round
            self.head = self.head.wrapping_add(1);
            each(message);
        }
        ring.slots.len()
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Drop for Ring<T> {
    fn drop(&mut self) {
        for (at, Stamped { stamp, slot }) in self.slots.iter().enumerate() {
            let ahead = stamp.load(Relaxed).wrapping_sub(at) & (self.slots.len() - 1);
            if ahead == 1 {
                // SAFETY: all ends are gone, and by its stamp there is a message in the slot.
                drop(unsafe { slot.take() });
            }
        }
    }
}
