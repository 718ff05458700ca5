//! The file as memory: what the page cache holds is read where it lies, and nothing is copied.

use std::fs::File;
use std::io::{self, ErrorKind};

use memmap2::Mmap;

use crate::record::checksums;
use crate::wanted::Wanted;

/// Maps the file, all of it.
///
/// # Errors
/// If the system refuses.
pub fn open(file: &File) -> io::Result<Mmap> {
    // SAFETY: an index never changes once it has its name, and nobody but its tests makes it
    // shorter. The type cannot promise that; whoever maps a file must know it.
    unsafe { Mmap::map(file) }
}

/// Checksums of the records wanted, in their order.
///
/// # Errors
/// If the file was too short when it was mapped. One that shrinks later ends the process.
pub fn read(map: &Mmap, wanted: &Wanted) -> io::Result<Vec<u64>> {
    #[cfg(unix)]
    map.advise(if wanted.records == 1 {
        memmap2::Advice::Random // else a miss reads a neighbourhood that nobody asked for
    } else {
        memmap2::Advice::Sequential
    })?;
    let mut sums = Vec::with_capacity(wanted.pieces.len() * wanted.records);
    for offset in wanted.offsets() {
        let piece = map.get(offset as usize..).and_then(|rest| rest.get(..wanted.bytes()));
        sums.extend(checksums(piece.ok_or(ErrorKind::UnexpectedEof)?));
    }
    Ok(sums)
}

/// Takes the pages out of this process's tables, so that the page cache can let go of them.
///
/// # Errors
/// If the system refuses.
#[cfg(unix)]
pub fn leave(map: &Mmap) -> io::Result<()> {
    // SAFETY: the mapping is shared and read-only, so that its pages come back as they were.
    unsafe { map.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) }
}
