//! The bounded channel of `flume`: a `VecDeque` behind a lock, which whoever waits for a message is
//! handed past. Who has to wait sleeps.

use flume::{Receiver as Receiving, Sender as Sending};

/// The end that messages go into; it can be cloned.
pub struct Sender<T>(Sending<T>);

/// The end that they come out of.
pub struct Receiver<T>(Receiving<T>);

/// A queue with room for so many messages.
pub fn queue<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = flume::bounded(capacity);
    (Sender(sender), Receiver(receiver))
}

impl<T: Clone> Sender<T> {
    /// Hands over all messages; waits where there is no room.
    pub fn send(&mut self, messages: &[T]) -> usize {
        messages.iter().take_while(|&message| self.0.send(message.clone()).is_ok()).count()
    }
}

impl<T> Receiver<T> {
    /// Waits for a message, and takes it; none comes any more once all senders are gone.
    pub fn receive(&mut self, each: impl FnMut(T)) -> usize {
        self.0.recv().map(each).into_iter().count()
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}
