//! What the receiving end keeps of what came: how many, whether in order, and what they say.

use crate::message::Message;

/// What came through each line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// By line.
    pub lines: Vec<Came>,
    /// Messages of lines that there are not: must be none.
    pub strangers: u64,
}

/// What came through a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Came {
    /// How many messages.
    pub messages: u64,
    /// All of their content; it depends on their order.
    pub sum: u64,
    /// Messages that were lost, doubled or overtaken: must be none.
    pub misplaced: u64,
}

impl Book {
    /// Nothing has come yet.
    pub fn new(lines: usize) -> Self {
        Self { lines: vec![Came::default(); lines], strangers: 0 }
    }

    /// Writes a message down.
    #[inline]
    pub fn take(&mut self, message: impl Message) {
        let Some(came) = self.lines.get_mut(message.line()) else {
            self.strangers += 1;
            return;
        };
        came.misplaced += u64::from(message.place() != came.messages);
        came.sum = came.sum.rotate_left(1).wrapping_add(message.sum());
        came.messages += 1;
    }
}
