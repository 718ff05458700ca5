//! Registered: the ring knows file and buffers beforehand, and looks neither up for each read.

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;

use io_uring::{opcode, types};

pub use crate::ring::read;
use crate::uring::Uring;

/// A ring for reads of the file, which is open past the page cache.
///
/// # Errors
/// If the system refuses.
pub fn open(file: &File) -> io::Result<Uring> {
    let ring = Uring::new(|part| {
        opcode::ReadFixed::new(types::Fixed(0), part.to, part.len, 0).offset(part.offset).build()
    })?;
    ring.register(file.as_raw_fd())?;
    Ok(ring)
}
