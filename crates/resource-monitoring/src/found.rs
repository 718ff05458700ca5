//! Who has a number now.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use super::digits;
use super::ended::ended;
use super::process::Watched;

/// The process with this number; nothing if there is none.
///
/// # Errors
/// If the system does not say when it was started.
pub fn process(pid: u32) -> io::Result<Option<Watched>> {
    let folder = PathBuf::from(format!("/proc/{pid}"));
    let stat = match fs::read(folder.join("stat")) {
        Err(error) if ended(&error) => return Ok(None),
        stat => stat?,
    };
    let (_, started) = digits::times(&stat).ok_or(ErrorKind::InvalidData)?;
    Ok(Some(Watched { pid, started, folder }))
}
