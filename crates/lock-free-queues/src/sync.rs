//! What the rings are made of. The model-checked tests put loom's in its place.

pub(crate) use std::sync::Arc;
pub(crate) use std::sync::atomic::{AtomicUsize, Ordering};

/// The standard library's cell, asked as loom's is.
pub(crate) struct UnsafeCell<T>(std::cell::UnsafeCell<T>);

impl<T> UnsafeCell<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(std::cell::UnsafeCell::new(value))
    }

    #[inline]
    pub(crate) fn with_mut<R>(&self, at: impl FnOnce(*mut T) -> R) -> R {
        at(self.0.get())
    }
}
