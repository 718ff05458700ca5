//! A ring of slots. Who may be at which of them, and when, is for a queue's indices to say.

use super::slot::{Slot, fill};

/// As many slots as a power of two. Positions count on for ever, beyond the largest number too, and
/// their low bits say which slot is meant.
pub(crate) struct Slots<T>(Box<[Slot<T>]>);

impl<T> Slots<T> {
    /// So many empty slots.
    ///
    /// # Panics
    /// If that is no power of two.
    pub(crate) fn new(capacity: usize) -> Self {
        assert!(capacity.is_power_of_two(), "positions begin again where powers of two do");
        Self((0..capacity).map(|_| Slot::new()).collect())
    }

    /// How many slots there are.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The slot of a position.
    #[inline]
    pub(crate) fn at(&self, position: usize) -> &Slot<T> {
        &self.0[position & (self.0.len() - 1)]
    }

    /// The slots of so many positions from this one on: those up to the end, and those from the
    /// beginning.
    #[inline]
    fn parts(&self, position: usize, count: usize) -> [&[Slot<T>]; 2] {
        let (before, behind) = self.0.split_at(position & (self.0.len() - 1));
        let to_the_end = count.min(behind.len());
        [&behind[..to_the_end], &before[..count - to_the_end]]
    }

    /// Leaves messages from a position on.
    ///
    /// # Safety
    /// No other thread is at these slots.
    #[inline]
    pub(crate) unsafe fn fill(&self, position: usize, messages: &[T])
    where
        T: Copy,
    {
        let [first, rest] = self.parts(position, messages.len());
        let (messages, others) = messages.split_at(first.len());
        // SAFETY: the caller is alone at all of them.
        unsafe {
            fill(first, messages);
            fill(rest, others);
        }
    }

    /// Hands on what is there from one position to another.
    ///
    /// # Safety
    /// No other thread is at these slots, and there is a message in each, which nobody takes again.
    #[inline]
    pub(crate) unsafe fn take(&self, from: usize, to: usize, mut each: impl FnMut(T)) {
        for part in self.parts(from, to.wrapping_sub(from)) {
            for slot in part {
                // SAFETY: the caller is alone at all of them, and each has a message.
                each(unsafe { slot.take() });
            }
        }
    }
}
