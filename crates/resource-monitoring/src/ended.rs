//! How a file of `/proc` says that its process is there no more.

use std::io;

/// Whether this is what it means: there is no such folder, or no such process behind an open file.
pub fn ended(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound || error.raw_os_error() == Some(NO_SUCH_PROCESS)
}

/// `ESRCH`.
const NO_SUCH_PROCESS: i32 = nix::libc::ESRCH;
