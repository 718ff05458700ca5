//! The file: made once below the build's own folder, and used again while its bytes are right.
//!
//! Its disk space is its length: 256 MiB for all but a full run, which makes one of 1 GiB as well.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::record::{BYTES, Record, bytes};

/// A file of so many records; each has its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Index {
    records: u32,
}

/// Those that were found right, or made, by this process.
static KNOWN: Mutex<Vec<Index>> = Mutex::new(Vec::new());

/// Records that are looked at before a file is used again, at least.
const SAMPLES: u32 = 64;

impl Index {
    /// One that a few tests read whole.
    pub const SMALL: u32 = 1 << 10;
    /// 256 MiB.
    pub const USUAL: u32 = 1 << 16;
    /// 1 GiB.
    pub const LARGE: u32 = 1 << 18;

    /// The index of so many records, at least two, which is made where there is none.
    ///
    /// # Panics
    /// If it cannot be made: mostly because the disk is full.
    pub fn of(records: u32) -> Self {
        let index = Self { records };
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.contains(&index) {
            make(&index.path(), records).unwrap_or_else(|error| {
                let (size, folder) = (index.bytes() >> 20, folder());
                panic!("an index of {size} MiB cannot be made in {}: {error}", folder.display())
            });
            known.push(index);
        }
        index
    }

    /// How many records it has.
    pub fn records(self) -> u32 {
        self.records
    }

    /// How long it is.
    pub fn bytes(self) -> u64 {
        u64::from(self.records) * BYTES as u64
    }

    /// Where it is.
    pub fn path(self) -> PathBuf {
        folder().join(format!("index-of-{}", self.records))
    }

    /// Opens it in the ordinary way.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open(self) -> io::Result<File> {
        File::open(self.path())
    }

    /// Opens it past the page cache.
    ///
    /// # Errors
    /// If the system refuses.
    #[cfg(target_os = "linux")]
    pub fn open_direct(self) -> io::Result<File> {
        open_direct(&self.path())
    }
}

/// Opens a file past the page cache.
#[cfg(target_os = "linux")]
pub(crate) fn open_direct(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().read(true).custom_flags(libc::O_DIRECT).open(path)
}

/// Where indexes lie: in the folder that cargo builds in, never in one that may be memory.
pub fn folder() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    // target/release/deps/case-0123456789abcdef
    let built = program.ancestors().find(|folder| folder.ends_with("deps"));
    let target = built.and_then(|deps| deps.parent()?.parent()).or(program.parent());
    target.unwrap_or(Path::new("target")).join("kernel-bypass-io")
}

/// Makes the file at `path` unless it is there and right. Others may do the same just now; whoever
/// is first makes it, and it gets its name when it is complete and on the disk.
pub(crate) fn make(path: &Path, records: u32) -> io::Result<()> {
    if is_right(path, records)? {
        return Ok(());
    }
    let new = path.with_extension("new");
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    let mut file = File::options().create(true).truncate(false).write(true).open(&new)?;
    file.lock()?;
    if is_right(path, records)? {
        return Ok(()); // by whom we waited for
    }
    let written = write(&mut file, records).and_then(|()| fs::rename(&new, path));
    written.inspect_err(|_| drop(fs::remove_file(&new)))
}

fn write(file: &mut File, records: u32) -> io::Result<()> {
    file.set_len(0)?;
    let mut batch = vec![Record::EMPTY; 256];
    for first in (0..records).step_by(batch.len()) {
        let here = &mut batch[..(records - first).min(256) as usize];
        for (record, number) in here.iter_mut().zip(first..) {
            *record = Record::of(number);
        }
        file.write_all(bytes(here))?;
    }
    file.sync_all() // a page that is not yet on the disk cannot be made cold
}

/// Whether the file has the right length and, as far as a sample of its records shows, content. It
/// got its name when it was complete, and nobody writes to it since.
fn is_right(path: &Path, records: u32) -> io::Result<bool> {
    let mut file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        opened => opened?,
    };
    if file.metadata()?.len() != u64::from(records) * BYTES as u64 {
        return Ok(false);
    }
    let mut record = Record::EMPTY;
    let step = (records / SAMPLES).max(1) as usize;
    for number in (0..records).step_by(step).chain([records - 1]) {
        file.seek(SeekFrom::Start(u64::from(number) * BYTES as u64))?;
        file.read_exact(&mut record.0)?;
        if record != Record::of(number) {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests;
