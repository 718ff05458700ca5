//! Many reads under way: the disk is asked for all of them before the first has come.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::fd::AsRawFd;

use io_uring::{opcode, squeue, types};

use crate::direct::SECTOR;
use crate::queue::Queue;
use crate::record::checksums;
use crate::uring::{Part, Uring};
use crate::wanted::Wanted;

/// A ring for reads of the file, which is open past the page cache.
///
/// # Errors
/// If the system refuses.
pub fn open(file: &File) -> io::Result<Uring> {
    Uring::new(entry(file))
}

/// The entry of a read: it names the file and the buffer.
pub(crate) fn entry(file: &File) -> impl Fn(Part) -> squeue::Entry + use<> {
    let file = types::Fd(file.as_raw_fd());
    move |part| opcode::Read::new(file, part.to, part.len).offset(part.offset).build()
}

/// Checksums of the records wanted, in their order.
///
/// # Errors
/// The first that the file or the ring reports; also where the file ends too soon. Reads may still
/// be under way then, and the queue is to be dropped.
pub fn read(queue: &mut impl Queue, wanted: &Wanted) -> io::Result<Vec<u64>> {
    let mut sums = vec![0; wanted.pieces.len() * wanted.records];
    let mut waiting = wanted.offsets().enumerate();
    let mut slots = vec![Slot::default(); wanted.depth];
    let mut free: Vec<usize> = (0..wanted.depth).collect();
    let mut complete = 0;
    while complete < wanted.pieces.len() {
        while let Some(&slot) = free.last()
            && let Some((at, offset)) = waiting.next()
        {
            free.pop();
            slots[slot] = Slot { at, offset, done: 0 };
            queue.ask(slot, 0, offset)?;
        }
        queue.wait().or_else(passing)?;
        while let Some((slot, result)) = queue.next() {
            let Slot { at, offset, done } = &mut slots[slot];
            match result {
                Ok(read) if read < SECTOR => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(read) => *done += read - read % SECTOR,
                Err(error) => passing(error)?,
            }
            if *done < wanted.bytes() {
                queue.ask(slot, *done, *offset)?;
                continue;
            }
            let here = sums[*at * wanted.records..].iter_mut();
            here.zip(checksums(queue.piece(slot))).for_each(|(sum, new)| *sum = new);
            free.push(slot);
            complete += 1;
        }
    }
    Ok(sums)
}

/// A piece that is being read.
#[derive(Clone, Default)]
struct Slot {
    at: usize,
    offset: u64,
    done: usize,
}

/// Lets pass what is over when it is tried again.
fn passing(error: io::Error) -> io::Result<()> {
    match error.kind() {
        ErrorKind::Interrupted | ErrorKind::WouldBlock | ErrorKind::ResourceBusy => Ok(()),
        _ => Err(error),
    }
}
