//! Through the page cache, and nothing stays: what it holds is taken from it, the rest is fetched
//! for this read alone.

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;

use io_uring::{opcode, types};

pub use crate::ring::read;
use crate::uring::Uring;

/// A ring for reads of the file, which is open in the ordinary way.
///
/// # Errors
/// If the system refuses.
pub fn open(file: &File) -> io::Result<Uring> {
    let file = types::Fd(file.as_raw_fd());
    Uring::new(move |part| {
        let read = opcode::Read::new(file, part.to, part.len).offset(part.offset);
        read.rw_flags(libc::RWF_DONTCACHE).build()
    })
}
