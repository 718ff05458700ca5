//! A file that one process at a time has for itself.

use std::fs::{File, TryLockError};
use std::ops::{Deref, DerefMut};

/// A file whose lock this process holds.
///
/// The lock is given back by name. To close the file would not do: a child that was started
/// meanwhile has a copy of it until it becomes its own program, and would keep the lock so long.
#[derive(Debug)]
pub struct Locked(File);

impl Locked {
    /// Takes the lock; `None` if somebody else has it. A file system without locks is no reason
    /// not to go on.
    pub fn new(file: File) -> Option<Self> {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => None,
            Ok(()) | Err(TryLockError::Error(_)) => Some(Self(file)),
        }
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

impl Deref for Locked {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

impl DerefMut for Locked {
    fn deref_mut(&mut self) -> &mut File {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_has_it_and_it_is_given_back_whoever_has_a_copy_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let file = File::create(&path).unwrap();
        let copy = file.try_clone().unwrap(); // as a child has it before it becomes its program
        let held = Locked::new(file).unwrap();
        assert!(Locked::new(File::open(&path).unwrap()).is_none());
        drop(held);
        assert!(Locked::new(File::open(&path).unwrap()).is_some());
        drop(copy);
    }
}
