//! Files and rings as they are on a bad day, for the tests: they give a part only, are interrupted,
//! answer in any order, hold answers back, or fail.

use std::collections::VecDeque;
use std::io::{self, Cursor, ErrorKind, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use harness::data::{Rng, rand::RngExt, rng};

use crate::direct::SECTOR;
use crate::queue::Queue;

/// A file that gives so many bytes in a call at most; every third call a signal interrupts.
pub struct Faulty {
    pub content: Cursor<Vec<u8>>,
    pub per_call: usize,
    /// Whether it takes only what a disk takes: whole sectors.
    pub sectors: bool,
    /// The call that fails, from 1 on, as a broken disk does.
    pub breaks: usize,
    pub calls: AtomicUsize,
}

impl Faulty {
    pub fn new(content: &[u8], per_call: usize) -> Self {
        let (content, calls) = (Cursor::new(content.to_vec()), AtomicUsize::new(0));
        Self { content, per_call, sectors: false, breaks: 0, calls }
    }

    fn fault(&self) -> io::Result<()> {
        match self.calls.fetch_add(1, Relaxed) + 1 {
            call if call == self.breaks => Err(io::Error::from_raw_os_error(libc::EIO)),
            call if call.is_multiple_of(3) => Err(ErrorKind::Interrupted.into()),
            _ => Ok(()),
        }
    }
}

impl Read for Faulty {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.fault()?;
        let most = buffer.len().min(self.per_call);
        self.content.read(&mut buffer[..most])
    }
}

impl Seek for Faulty {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.content.seek(to)
    }
}

impl FileExt for Faulty {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.fault()?;
        let whole = |bytes: usize| bytes.is_multiple_of(SECTOR);
        if self.sectors && !(whole(offset as usize) && whole(buffer.len())) {
            return Err(io::Error::from_raw_os_error(libc::EINVAL));
        }
        let most = buffer.len().min(self.per_call);
        let content = self.content.get_ref();
        let mut rest = &content[content.len().min(offset as usize)..];
        rest.read(&mut buffer[..most])
    }

    fn write_at(&self, _: &[u8], _: u64) -> io::Result<usize> {
        unreachable!("nobody writes")
    }
}

/// A ring that does whatever a kernel may do.
pub struct FaultyQueue<'a> {
    content: &'a [u8],
    piece: usize,
    buffers: Vec<u8>,
    asked: Vec<Asked>,
    /// Whole sectors of each slot that have come.
    came: Vec<usize>,
    /// Completed, and to be seen before the next wait.
    seen: VecDeque<(usize, io::Result<usize>)>,
    /// What a read fails with at last, in the end of which it is asked.
    pub breaks: Option<usize>,
    dice: Rng,
}

struct Asked {
    slot: usize,
    done: usize,
    offset: u64,
}

/// Completions that such a ring has room for.
const ROOM: usize = 3;

impl<'a> FaultyQueue<'a> {
    pub fn new(content: &'a [u8], piece: usize, depth: usize, seed: u64) -> Self {
        let (buffers, asked, came) = (vec![0; piece * depth], Vec::new(), vec![0; depth]);
        let (seen, dice) = (VecDeque::new(), rng(seed));
        Self { content, piece, buffers, asked, came, seen, breaks: None, dice }
    }

    /// How a read ends: with a part, nothing, or all that the file has there.
    fn end(&mut self, Asked { slot, done, offset }: &Asked) -> io::Result<usize> {
        if self.breaks.is_some_and(|at| *offset == at as u64) {
            return Err(io::Error::from_raw_os_error(libc::EIO));
        }
        let rest = self.piece - done;
        let most = match self.dice.random_range(0..6) {
            0 => return Err(io::Error::from_raw_os_error(libc::EAGAIN)),
            1 => return Err(ErrorKind::Interrupted.into()),
            2 => rest.min(SECTOR),
            3 => rest.min(SECTOR + 100), // which no disk does, and a cache may
            _ => rest,
        };
        let from = self.content.len().min(*offset as usize + done);
        let bytes = &self.content[from..self.content.len().min(from + most)];
        self.buffers[slot * self.piece + done..][..bytes.len()].copy_from_slice(bytes);
        self.came[*slot] += bytes.len() / SECTOR;
        Ok(bytes.len())
    }
}

impl Queue for FaultyQueue<'_> {
    fn ask(&mut self, slot: usize, done: usize, offset: u64) -> io::Result<()> {
        let mut busy = self.asked.iter().map(|asked| asked.slot);
        assert!(!busy.any(|busy| busy == slot), "slot {slot} is being written to");
        assert!(done.is_multiple_of(SECTOR) && done < self.piece, "from {done} on");
        assert!(done == 0 || done == self.came[slot] * SECTOR, "from {done} on: none twice");
        self.came[slot] = done / SECTOR;
        self.buffers[slot * self.piece + done..(slot + 1) * self.piece].fill(0xA5);
        self.asked.push(Asked { slot, done, offset });
        Ok(())
    }

    fn wait(&mut self) -> io::Result<()> {
        assert!(!self.asked.is_empty() || !self.seen.is_empty(), "nothing is under way");
        match self.dice.random_range(0..8) {
            0 => return Err(ErrorKind::Interrupted.into()),
            1 => return Err(io::Error::from_raw_os_error(libc::EAGAIN)),
            2 => return Err(io::Error::from_raw_os_error(libc::EBUSY)),
            _ => {}
        }
        while !self.asked.is_empty() && self.seen.len() < ROOM {
            let which = self.dice.random_range(0..self.asked.len());
            let asked = self.asked.swap_remove(which);
            let end = self.end(&asked);
            self.seen.push_back((asked.slot, end));
        }
        Ok(())
    }

    fn next(&mut self) -> Option<(usize, io::Result<usize>)> {
        self.seen.pop_front()
    }

    fn piece(&self, slot: usize) -> &[u8] {
        &self.buffers[slot * self.piece..][..self.piece]
    }
}
