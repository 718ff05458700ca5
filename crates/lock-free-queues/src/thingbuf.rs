//! The blocking channel of `thingbuf`: slots with stamps, which are read where they lie. Who has to
//! wait sleeps.

use thingbuf::mpsc::blocking;

/// The end that messages go into; it can be cloned.
pub struct Sender<T>(blocking::Sender<T>);

/// The end that they come out of.
pub struct Receiver<T>(blocking::Receiver<T>);

/// A queue with room for so many messages.
pub fn queue<T: Default + Clone>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = blocking::channel(capacity);
    (Sender(sender), Receiver(receiver))
}

impl<T: Default + Clone> Sender<T> {
    /// Hands over all messages; waits where there is no room.
    pub fn send(&mut self, messages: &[T]) -> usize {
        messages.iter().take_while(|&message| self.0.send(message.clone()).is_ok()).count()
    }
}

impl<T: Clone> Receiver<T> {
    /// Waits for a message, and takes it; none comes any more once all senders are gone.
    pub fn receive(&mut self, mut each: impl FnMut(T)) -> usize {
        self.0.recv_ref().map(|message| each(message.clone())).into_iter().count()
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}
