//! What a rung wants of a ring. Tests put one in its place that does all that a kernel may do.

use std::io;

/// Reads that are asked for, under way, or complete. Each has a slot: a place for a piece.
pub trait Queue {
    /// Asks for what of a slot's piece is missing behind the first `done` bytes. The piece begins
    /// at `offset` in the file.
    ///
    /// # Errors
    /// If the system does not take it.
    fn ask(&mut self, slot: usize, done: usize, offset: u64) -> io::Result<()>;

    /// Hands over what was asked for, and waits until a read is complete.
    ///
    /// # Errors
    /// Also such as go away: that a signal came, or that completions must be taken first.
    fn wait(&mut self) -> io::Result<()>;

    /// A completed read's slot, and how many bytes came; reads complete in any order.
    fn next(&mut self) -> Option<(usize, io::Result<usize>)>;

    /// A slot's piece, of which no read is under way.
    fn piece(&self, slot: usize) -> &[u8];
}
