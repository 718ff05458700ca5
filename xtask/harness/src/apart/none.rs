//! Where nothing is forked.

use std::io::{self, Read, Write};

use super::Process;

/// Never, as far as forking goes.
pub(super) fn alone() -> bool {
    false
}

/// Not here.
pub(super) fn fork(
    _: impl FnOnce(Box<dyn Read>, Box<dyn Write>) -> io::Result<()>,
) -> io::Result<Process> {
    Err(io::ErrorKind::Unsupported.into())
}
