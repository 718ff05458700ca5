//! `HeapRb` of `ringbuf`: a ring for one sender and one receiver, which takes slices.

use ringbuf::traits::{Consumer, Producer, Split};
use ringbuf::{HeapCons, HeapProd, HeapRb};

/// The end that messages go into.
pub struct Sender<T>(HeapProd<T>);

/// The end that they come out of.
pub struct Receiver<T>(HeapCons<T>);

/// A queue with room for so many messages.
pub fn queue<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let (producer, consumer) = HeapRb::new(capacity).split();
    (Sender(producer), Receiver(consumer))
}

impl<T: Copy> Sender<T> {
    /// Hands over as many messages as there is room for.
    pub fn send(&mut self, messages: &[T]) -> usize {
        self.0.push_slice(messages)
    }
}

impl<T> Receiver<T> {
    /// Takes what is there, as much as the queue holds at most.
    pub fn receive(&mut self, each: impl FnMut(T)) -> usize {
        self.0.pop_iter().map(each).count()
    }
}
