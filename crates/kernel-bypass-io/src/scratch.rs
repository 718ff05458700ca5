//! A name for a file that nobody else has, and that is free again afterwards.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// What has this name is gone when it is dropped.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    /// A new one in a folder, which is made where there is none.
    pub(crate) fn new(folder: &Path) -> Self {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let _ = fs::create_dir_all(folder); // or whoever makes the file is told why not
        let number = MADE.fetch_add(1, Relaxed);
        Self(folder.join(format!("scratch-{}-{number}", process::id())))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_free_again_when_it_is_dropped() {
        let scratch = Scratch::new(&crate::index::folder());
        let path = scratch.0.clone();
        fs::write(&path, "").unwrap();
        drop(scratch);
        assert!(!path.exists());
    }
}
