//! A `Mutex` around a `VecDeque`, and a `Condvar` each for those who find it full and empty.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// The end that messages go into; it can be cloned.
pub struct Sender<T>(Arc<Queue<T>>);

/// The end that they come out of.
pub struct Receiver<T>(Arc<Queue<T>>);

struct Queue<T> {
    inside: Mutex<Inside<T>>,
    filled: Condvar,
    emptied: Condvar,
    capacity: usize,
}

struct Inside<T> {
    messages: VecDeque<T>,
    senders: usize,
}

/// A queue with room for so many messages.
pub fn queue<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let inside = Inside { messages: VecDeque::with_capacity(capacity), senders: 1 };
    let (filled, emptied) = (Condvar::new(), Condvar::new());
    let queue = Arc::new(Queue { inside: Mutex::new(inside), filled, emptied, capacity });
    (Sender(Arc::clone(&queue)), Receiver(queue))
}

impl<T> Queue<T> {
    fn lock(&self) -> MutexGuard<'_, Inside<T>> {
        // Nothing in here is ever half changed: whoever panicked has left it whole.
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Clone> Sender<T> {
    /// Hands over all messages; waits where there is no room.
    pub fn send(&mut self, messages: &[T]) -> usize {
        let queue = &*self.0;
        for message in messages {
            let is_full = |inside: &mut Inside<T>| inside.messages.len() == queue.capacity;
            let inside = queue.emptied.wait_while(queue.lock(), is_full);
            let mut inside = inside.unwrap_or_else(PoisonError::into_inner);
            inside.messages.push_back(message.clone());
            drop(inside);
            queue.filled.notify_one();
        }
        messages.len()
    }
}

impl<T> Receiver<T> {
    /// Waits for a message, and takes it; none comes any more once all senders are gone.
    pub fn receive(&mut self, mut each: impl FnMut(T)) -> usize {
        let queue = &*self.0;
        let is_empty = |inside: &mut Inside<T>| inside.messages.is_empty() && inside.senders > 0;
        let inside = queue.filled.wait_while(queue.lock(), is_empty);
        let message = inside.unwrap_or_else(PoisonError::into_inner).messages.pop_front();
        queue.emptied.notify_one();
        message.map(&mut each).into_iter().count()
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.lock().senders += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.lock().senders -= 1;
        self.0.filled.notify_one();
    }
}
