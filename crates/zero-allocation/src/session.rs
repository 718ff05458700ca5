//! Where messages go: the buffer that the network reads from, and the journal. A thread keeps those
//! of a session that is over for the next one, so that the job itself can do without the heap.

use std::cell::RefCell;
use std::mem::take;

thread_local! {
    static IDLE: RefCell<Vec<Buffers>> = const { RefCell::new(Vec::new()) };
}

/// All that was said in answer to a feed, byte for byte.
#[derive(Debug, PartialEq, Eq)]
pub struct Session(Buffers);

#[derive(Debug, Default, PartialEq, Eq)]
struct Buffers {
    wire: Vec<u8>,
    journal: Vec<u8>,
}

impl Session {
    /// A session in which nothing has been said.
    pub fn open() -> Self {
        let mut buffers = IDLE.with_borrow_mut(Vec::pop).unwrap_or_default();
        buffers.wire.clear();
        buffers.journal.clear();
        Self(buffers)
    }

    /// Copies a message to where the network reads it, as a system call would.
    #[inline]
    pub fn send(&mut self, message: &[u8]) {
        self.0.wire.extend_from_slice(message);
    }

    /// Writes a line about an order that was not sent.
    #[inline]
    pub fn log(&mut self, line: &[u8]) {
        self.0.journal.extend_from_slice(line);
    }

    /// The messages.
    pub fn wire(&self) -> &[u8] {
        &self.0.wire
    }

    /// The lines.
    pub fn journal(&self) -> &[u8] {
        &self.0.journal
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let buffers = take(&mut self.0);
        // A thread that ends has nothing to keep them for.
        let _ = IDLE.try_with(|idle| idle.borrow_mut().push(buffers));
    }
}
