//! The system's ring with buffers of its own, which it keeps as long as a read may write to them.

use std::io;
use std::mem;
use std::os::fd::RawFd;
use std::slice;

use io_uring::{IoUring, squeue};

use crate::queue::Queue;
use crate::record::{BYTES, Record};
use crate::wanted::DEPTH;

/// Records for which there is room: eight pieces of a scan.
const ROOM: usize = 256;

/// What of a file a read is for, and where it goes.
pub struct Part {
    /// Within the ring's own buffers.
    pub to: *mut u8,
    /// Bytes.
    pub len: u32,
    /// In the file.
    pub offset: u64,
}

/// A ring that reads.
pub struct Uring {
    ring: IoUring,
    buffers: Vec<Record>,
    /// Bytes of a piece.
    piece: usize,
    entry: Box<dyn Fn(Part) -> squeue::Entry + Send>,
    under_way: usize,
}

impl Uring {
    /// A ring whose reads are made by `entry`. Of the address that it is given an entry keeps what
    /// lies there, and no more.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn new(entry: impl Fn(Part) -> squeue::Entry + Send + 'static) -> io::Result<Self> {
        Self::with_entries(DEPTH as u32, entry)
    }

    /// The same, with so many entries.
    pub(crate) fn with_entries(
        entries: u32,
        entry: impl Fn(Part) -> squeue::Entry + Send + 'static,
    ) -> io::Result<Self> {
        let buffers = vec![Record::EMPTY; ROOM];
        let ring = IoUring::new(entries)?;
        Ok(Self { ring, buffers, piece: BYTES, entry: Box::new(entry), under_way: 0 })
    }

    /// Tells the ring of the file, and of all buffers as one.
    ///
    /// # Errors
    /// If the system refuses, as it does where a process may not keep so much memory in place.
    pub fn register(&self, file: RawFd) -> io::Result<()> {
        let start = self.buffers.as_ptr().cast_mut().cast();
        let all = libc::iovec { iov_base: start, iov_len: self.buffers.len() * BYTES };
        self.ring.submitter().register_files(&[file])?;
        // SAFETY: the buffers live as long as the ring, and longer where reads are under way.
        unsafe { self.ring.submitter().register_buffers(&[all]) }
    }

    /// Makes each slot as large as a piece, and leaves nothing of what was read before.
    ///
    /// # Panics
    /// If there is no room, or something is under way.
    pub fn prepare(&mut self, piece: usize, depth: usize) {
        assert!(piece * depth <= self.buffers.len() * BYTES, "{depth} pieces of {piece} bytes");
        assert_eq!(self.under_way, 0, "a buffer is still being written to");
        self.piece = piece;
    }

    /// Where a slot begins among the buffers' bytes.
    fn at(&self, slot: usize) -> usize {
        assert!((slot + 1) * self.piece <= self.buffers.len() * BYTES, "there is no slot {slot}");
        slot * self.piece
    }
}

impl Queue for Uring {
    fn ask(&mut self, slot: usize, done: usize, offset: u64) -> io::Result<()> {
        assert!(done < self.piece, "a piece that is whole is not asked for");
        let start = self.buffers.as_mut_ptr().cast::<u8>();
        let part = Part {
            to: start.wrapping_add(self.at(slot) + done),
            len: (self.piece - done) as u32,
            offset: offset + done as u64,
        };
        let entry = (self.entry)(part).user_data(slot as u64);
        // SAFETY: the read writes to a slot of which no other read is under way, within buffers
        // that are neither moved nor freed before it is complete. The file is open: whoever holds
        // the ring holds it, too.
        while unsafe { self.ring.submission().push(&entry) }.is_err() {
            self.ring.submit()?;
        }
        self.under_way += 1;
        Ok(())
    }

    fn wait(&mut self) -> io::Result<()> {
        self.ring.submit_and_wait(1).map(drop)
    }

    fn next(&mut self) -> Option<(usize, io::Result<usize>)> {
        let completed = self.ring.completion().next()?;
        self.under_way -= 1;
        let result = completed.result();
        let read = usize::try_from(result).map_err(|_| io::Error::from_raw_os_error(-result));
        Some((completed.user_data() as usize, read))
    }

    fn piece(&self, slot: usize) -> &[u8] {
        let start = self.buffers.as_ptr().cast::<u8>();
        // SAFETY: `at` has looked that the slot is within the buffers. No read of it is under way,
        // and none begins while it is borrowed.
        unsafe { slice::from_raw_parts(start.add(self.at(slot)), self.piece) }
    }
}

impl Drop for Uring {
    /// Waits for what is under way; where that is not to be had, the buffers stay for ever.
    fn drop(&mut self) {
        while self.under_way > 0 {
            if self.wait().is_err() && self.ring.completion().is_empty() {
                mem::forget(mem::take(&mut self.buffers));
                return;
            }
            while self.next().is_some() {}
        }
    }
}

#[cfg(test)]
mod tests;
