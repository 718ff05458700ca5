//! Room for one message. The model-checked tests put one in its place that knows who was there.

use std::cell::UnsafeCell;
use std::mem::MaybeUninit;

/// Room for a message. Whether there is one is for others to know.
#[repr(transparent)]
pub(crate) struct Slot<T>(UnsafeCell<MaybeUninit<T>>);

// SAFETY: a shared slot can only be written and emptied, and whoever does promises to be alone with
// it. So all it does is hand messages from thread to thread, and they are `Send`.
unsafe impl<T: Send> Sync for Slot<T> {}

impl<T> Slot<T> {
    /// An empty slot.
    pub(crate) const fn new() -> Self {
        Self(UnsafeCell::new(MaybeUninit::uninit()))
    }

    /// Leaves a message here.
    ///
    /// # Safety
    /// No other thread is at this slot. A message that is in it will never be dropped.
    #[inline]
    pub(crate) unsafe fn write(&self, message: T) {
        // SAFETY: the pointer is the slot's own, and the caller is alone here.
        unsafe { (*self.0.get()).write(message) };
    }

    /// Takes the message that is here.
    ///
    /// # Safety
    /// No other thread is at this slot, and there is a message in it, which nobody takes again.
    #[inline]
    pub(crate) unsafe fn take(&self) -> T {
        // SAFETY: the pointer is the slot's own, and the caller is alone here with a message.
        unsafe { (*self.0.get()).assume_init_read() }
    }
}

/// Leaves a message in each of as many slots.
///
/// # Safety
/// No other thread is at these slots.
#[inline]
pub(crate) unsafe fn fill<T: Copy>(slots: &[Slot<T>], messages: &[T]) {
    assert_eq!(slots.len(), messages.len());
    let first = UnsafeCell::raw_get(slots.as_ptr().cast::<UnsafeCell<T>>());
    // SAFETY: slots lie one behind the other and are laid out as the messages in them. There are as
    // many, and the caller is alone there: whoever holds the messages does not read these.
    unsafe { first.copy_from_nonoverlapping(messages.as_ptr(), messages.len()) };
}
