//! Where the lines go, and how two rungs are held against each other: a real file each.
//!
//! The file lies in memory where the system has a place for that (`tmpfs` at `/dev/shm`) with room
//! enough, so that what is measured is the way to the kernel and not a disk, which would hide it.
//! It is opened once and written from the start again, because to grow and shrink it would cost
//! every rung the same large sum.

use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Files that nobody holds a result in.
static FREE: Mutex<Vec<Arc<File>>> = Mutex::new(Vec::new());

/// Whether files in memory were found to be too small.
static ON_DISK: AtomicBool = AtomicBool::new(false);

/// What a rung writes with.
pub type Write = fn(&[String], Arc<File>) -> io::Result<()>;

/// Lines in a file: what is before its cursor. Two of these are equal if the files hold the same
/// bytes; they are read only when somebody asks.
pub struct Written(Arc<File>);

impl Written {
    /// Writes the lines to a file that no other result is in.
    ///
    /// # Panics
    /// If the system gives no file, or reports an error.
    pub fn with(write: impl Fn(&[String], Arc<File>) -> io::Result<()>, lines: &[String]) -> Self {
        let free = FREE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let file = free.unwrap_or_else(|| Arc::new(scratch().expect("no file to write to")));
        (&*file).rewind().expect("the file has a beginning");
        match write(lines, Arc::clone(&file)) {
            Err(error) if error.kind() == ErrorKind::StorageFull && Self::leave_memory() => {
                drop(file); // which makes room, as the file has no name
                Self::with(write, lines)
            }
            Err(error) => panic!("cannot write {} bytes: {error}", crate::lines::bytes(lines)),
            Ok(()) => Self(file),
        }
    }

    /// From now on files are made on the disk; says no where that was so before. Containers often
    /// give only some megabytes of memory for files.
    fn leave_memory() -> bool {
        FREE.lock().unwrap_or_else(PoisonError::into_inner).clear();
        !ON_DISK.swap(true, Ordering::Relaxed)
    }

    /// What is in the file.
    ///
    /// # Errors
    /// The first that the file reports.
    pub fn content(&self) -> io::Result<Vec<u8>> {
        let mut file = &*self.0;
        let (end, mut content) = (file.stream_position()?, Vec::new());
        file.rewind()?;
        file.take(end).read_to_end(&mut content)?;
        file.seek(SeekFrom::Start(end))?;
        Ok(content)
    }
}

impl Drop for Written {
    /// Lets the next call have the file.
    fn drop(&mut self) {
        FREE.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&self.0));
    }
}

impl PartialEq for Written {
    fn eq(&self, other: &Self) -> bool {
        matches!((self.content(), other.content()), (Ok(one), Ok(other)) if one == other)
    }
}

impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.content() {
            Ok(content) => String::from_utf8_lossy(&content).fmt(f),
            Err(error) => error.fmt(f),
        }
    }
}

/// A file without a name.
fn scratch() -> io::Result<File> {
    let memory = Path::new("/dev/shm");
    if ON_DISK.load(Ordering::Relaxed) || !memory.is_dir() {
        return tempfile::tempfile();
    }
    tempfile::tempfile_in(memory).or_else(|_| tempfile::tempfile())
}
