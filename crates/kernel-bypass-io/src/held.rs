//! What a service keeps open, so that no call pays for opening it.

use std::io;
use std::mem;
use std::process;
use std::sync::{Mutex, PoisonError};

use crate::index::Index;

/// Something that is opened at the first call in each process, and again for another index.
pub struct Held<T>(Mutex<Option<Open<T>>>);

struct Open<T> {
    process: u32,
    index: Index,
    held: T,
}

impl<T> Held<T> {
    /// Nothing as yet.
    pub const fn empty() -> Self {
        Self(Mutex::new(None))
    }

    /// Works with it. After an error it is let go of, as it may be in the middle of something.
    ///
    /// # Errors
    /// If it cannot be opened, or the work fails.
    pub fn with<O>(
        &self,
        index: Index,
        open: impl FnOnce() -> io::Result<T>,
        work: impl FnOnce(&mut T) -> io::Result<O>,
    ) -> io::Result<O> {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let process = process::id();
        let mut now = match place.take() {
            Some(now) if now.process == process && now.index == index => now,
            other => {
                // A parent's threads and rings are not this process's, not even to be ended.
                if let Some(parents) = other.filter(|other| other.process != process) {
                    mem::forget(parents);
                }
                Open { process, index, held: open()? }
            }
        };
        let outcome = work(&mut now.held)?;
        *place = Some(now);
        Ok(outcome)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// Of the two that are not asked for any more, only one's own is ended.
    #[test]
    fn what_a_parent_has_open_is_left_to_it() {
        let [old, new] = [2, 3].map(Index::of);
        for (process, left) in [(process::id(), 1), (process::id() ^ 1, 2)] {
            let mine = Arc::new(());
            let open = Open { process, index: old, held: Arc::clone(&mine) };
            let held = Held(Mutex::new(Some(open)));
            held.with(new, || Ok(Arc::new(())), |_| Ok(())).unwrap();
            assert_eq!(Arc::strong_count(&mine), left);
        }
    }
}
