//! `RingBuffer` of `rtrb`, a ring for one sender and one receiver, by its chunks: slices go in, and
//! what is there comes out at once.

use rtrb::{Consumer, Producer, RingBuffer};

/// The end that messages go into.
pub struct Sender<T>(Producer<T>);

/// The end that they come out of.
pub struct Receiver<T>(Consumer<T>);

/// A queue with room for so many messages.
pub fn queue<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let (producer, consumer) = RingBuffer::new(capacity);
    (Sender(producer), Receiver(consumer))
}

impl<T: Copy> Sender<T> {
    /// Hands over as many messages as there is room for.
    pub fn send(&mut self, messages: &[T]) -> usize {
        self.0.push_partial_slice(messages).0.len()
    }
}

impl<T> Receiver<T> {
    /// Takes what is there, as much as the queue holds at most.
    pub fn receive(&mut self, each: impl FnMut(T)) -> usize {
        let there = self.0.slots();
        let chunk = self.0.read_chunk(there).expect("messages are not taken away");
        chunk.into_iter().for_each(each);
        there
    }
}
