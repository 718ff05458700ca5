//! Room for messages. Who may touch which slot, and when, is for a queue's indices to say.

use std::mem::MaybeUninit;

use super::sync::UnsafeCell;

/// Room for a message.
pub(crate) struct Slot<T>(UnsafeCell<MaybeUninit<T>>);

// SAFETY: a shared slot can only be written and emptied, and whoever does promises to be alone with
// it. So it hands messages from thread to thread, and they are `Send`.
unsafe impl<T: Send> Sync for Slot<T> {}

impl<T> Slot<T> {
    pub(crate) const fn new() -> Self {
        Self(UnsafeCell::new(MaybeUninit::uninit()))
    }

    /// Leaves a message here.
    ///
    /// # Safety
    /// No other thread is at this slot. A message that is in it is never dropped.
    #[inline]
    pub(crate) unsafe fn write(&self, message: T) {
        // SAFETY: the caller is alone here, and the pointer is the slot's own.
        self.0.with_mut(|slot| unsafe { (*slot).write(message) });
    }

    /// Takes the message that is here.
    ///
    /// # Safety
    /// No other thread is at this slot, and there is a message in it, which nobody takes again.
    #[inline]
    pub(crate) unsafe fn take(&self) -> T {
        // SAFETY: the caller is alone here with a message, and the pointer is the slot's own.
        self.0.with_mut(|slot| unsafe { (*slot).assume_init_read() })
    }
}

/// A ring of slots, as many as a power of two: positions count on for ever, beyond the largest
/// number too, and their low bits say which slot is meant.
pub(crate) struct Slots<T>(Box<[Slot<T>]>);

impl<T> Slots<T> {
    /// So many empty slots.
    ///
    /// # Panics
    /// If that is no power of two.
    pub(crate) fn new(capacity: usize) -> Self {
        assert!(capacity.is_power_of_two(), "positions wrap around where powers of two do");
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

    /// The slots of `count` positions from this one on, which are at most all.
    #[inline]
    pub(crate) fn from(&self, position: usize, count: usize) -> impl Iterator<Item = &Slot<T>> {
        let (before, behind) = self.0.split_at(position & (self.0.len() - 1));
        let to_the_end = count.min(behind.len());
        behind[..to_the_end].iter().chain(&before[..count - to_the_end])
    }

    /// Drops the messages from one position to another.
    ///
    /// # Safety
    /// No other thread is at these slots, and there is a message in each, which nobody takes again.
    pub(crate) unsafe fn clear(&self, from: usize, to: usize) {
        for slot in self.from(from, to.wrapping_sub(from)) {
            // SAFETY: as the caller says of all of them.
            drop(unsafe { slot.take() });
        }
    }
}
