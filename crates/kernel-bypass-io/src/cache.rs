//! The page cache, asked what it has of a file, and to let go of it.

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;

use memmap2::Mmap;

/// Asks it to let go of what of a file is clean and in nobody's tables.
///
/// # Errors
/// If the system refuses. What stays is no error.
pub fn evict(file: &File) -> io::Result<()> {
    // SAFETY: a call about a descriptor that is open.
    match unsafe { libc::posix_fadvise(file.as_raw_fd(), 0, 0, libc::POSIX_FADV_DONTNEED) } {
        0 => Ok(()),
        error => Err(io::Error::from_raw_os_error(error)),
    }
}

/// Pages that it has of so many bytes of a mapped file, from a page's start on. None is touched.
///
/// # Errors
/// If the system does not say.
pub fn pages(map: &Mmap, from: usize, bytes: usize) -> io::Result<usize> {
    let part = &map[from..][..bytes];
    // SAFETY: the size of the system's pages, nothing else.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) } as usize;
    let mut pages = vec![0_u8; bytes.div_ceil(page)];
    // SAFETY: the range is mapped, and there is a byte for each of its pages.
    let outcome =
        unsafe { libc::mincore(part.as_ptr().cast_mut().cast(), part.len(), pages.as_mut_ptr()) };
    if outcome != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(pages.iter().filter(|page| **page & 1 == 1).count())
}
