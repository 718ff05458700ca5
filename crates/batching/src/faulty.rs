//! Files as they are on a bad day, for the tests: they take a part only, are interrupted, fill up,
//! or find out at the end.

use std::io::{self, ErrorKind, IoSlice, Write};
use std::sync::{Arc, Mutex};

/// What such a file took, and how often it was asked.
#[derive(Debug, Default)]
pub struct Log {
    /// Bytes in order.
    pub taken: Vec<u8>,
    /// Calls of `write` and `write_vectored`.
    pub calls: usize,
}

/// A file that a test can look into while a rung, or its thread, owns it.
#[derive(Debug, Clone)]
pub struct Faulty {
    /// What it took.
    pub log: Arc<Mutex<Log>>,
    /// Bytes that it takes in one call at most.
    pub per_call: usize,
    /// Every how many calls a signal interrupts it; 0 for never.
    pub interrupted: usize,
    /// Bytes until the disk is full.
    pub room: usize,
    /// Whether it reports an error when flushed.
    pub flush_fails: bool,
}

impl Faulty {
    /// A file without a fault.
    pub fn none() -> Self {
        Self {
            log: Arc::default(),
            per_call: usize::MAX,
            interrupted: 0,
            room: usize::MAX,
            flush_fails: false,
        }
    }

    /// A file on a disk that is full after so many bytes.
    pub fn full_after(room: usize) -> Self {
        Self { room, ..Self::none() }
    }
}

impl Write for Faulty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_vectored(&[IoSlice::new(bytes)])
    }

    fn write_vectored(&mut self, slices: &[IoSlice]) -> io::Result<usize> {
        let mut log = self.log.lock().map_err(|_| ErrorKind::Other)?;
        log.calls += 1;
        if self.interrupted > 0 && log.calls.is_multiple_of(self.interrupted) {
            return Err(ErrorKind::Interrupted.into());
        }
        let before = log.taken.len();
        let end = self.room.min(before.saturating_add(self.per_call));
        for slice in slices {
            let take = slice.len().min(end - log.taken.len());
            log.taken.extend_from_slice(&slice[..take]);
        }
        let asked: usize = slices.iter().map(|slice| slice.len()).sum();
        match log.taken.len() - before {
            0 if asked > 0 => Err(ErrorKind::StorageFull.into()),
            taken => Ok(taken),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.flush_fails { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}
