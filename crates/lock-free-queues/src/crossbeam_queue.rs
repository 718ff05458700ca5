//! `ArrayQueue` of `crossbeam-queue`: slots with stamps, for many senders and many receivers.

use std::sync::Arc;

use crossbeam_queue::ArrayQueue;

/// The end that messages go into; it can be cloned.
pub struct Sender<T>(Arc<ArrayQueue<T>>);

/// The end that they come out of.
pub struct Receiver<T>(Arc<ArrayQueue<T>>);

/// A queue with room for so many messages.
pub fn queue<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let queue = Arc::new(ArrayQueue::new(capacity));
    (Sender(Arc::clone(&queue)), Receiver(queue))
}

impl<T: Clone> Sender<T> {
    /// Hands over as many messages as there is room for.
    pub fn send(&mut self, messages: &[T]) -> usize {
        messages.iter().take_while(|&message| self.0.push(message.clone()).is_ok()).count()
    }
}

impl<T> Receiver<T> {
    /// Takes what is there, as much as the queue holds at most.
    pub fn receive(&mut self, each: impl FnMut(T)) -> usize {
        let there = std::iter::from_fn(|| self.0.pop()).take(self.0.capacity());
        there.map(each).count()
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}
