//! The standard library's bounded channel: whoever has to wait looks a few times before it sleeps.

use std::sync::mpsc;

/// The end that messages go into; it can be cloned.
pub struct Sender<T>(mpsc::SyncSender<T>);

/// The end that they come out of.
pub struct Receiver<T>(mpsc::Receiver<T>);

/// A queue with room for so many messages.
pub fn queue<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = mpsc::sync_channel(capacity);
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
