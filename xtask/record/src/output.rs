//! What a command answers with: lines on a terminal or in a pipe, text in a file. The one place
//! that prints.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Result, bail};

use crate::whole;

/// Whether something could not be written to standard output, though somebody reads it.
static LOST: AtomicBool = AtomicBool::new(false);

/// Prints what a command was asked for, as it is, to standard output. Never an end to what the
/// command does: whoever reads may have seen enough, as `head` has, and of anything else [`lost`]
/// knows.
pub fn out(text: impl Display) {
    let mut output = io::stdout().lock();
    let written = write!(output, "{text}").and_then(|()| output.flush());
    if written.is_err_and(|error| error.kind() != ErrorKind::BrokenPipe) {
        LOST.store(true, Ordering::Relaxed);
    }
}

/// Prints what a person should know meanwhile, as it is, to standard error. If that cannot be
/// written, there is nobody to tell.
pub fn err(text: impl Display) {
    let _ = write!(io::stderr().lock(), "{text}");
}

/// [`out`] of a line, with its arguments as in `println!`.
#[macro_export]
macro_rules! outln {
    ($($line:tt)*) => {
        $crate::output::out(format_args!("{}\n", format_args!($($line)*)))
    };
}

/// [`err`] of a line, with its arguments as in `eprintln!`.
#[macro_export]
macro_rules! errln {
    ($($line:tt)*) => {
        $crate::output::err(format_args!("{}\n", format_args!($($line)*)))
    };
}

/// Whether some of standard output could not be written: the disk is full, not the reader gone.
pub fn lost() -> bool {
    LOST.load(Ordering::Relaxed)
}

/// Writes a text to a file, or prints it where none is named.
///
/// # Errors
/// If the file cannot be written to.
pub fn write(text: &str, file: Option<&Path>) -> Result<()> {
    let Some(path) = file else {
        out(text);
        return Ok(());
    };
    // A folder that somebody names and nobody made is a slip.
    if path.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        bail!("cannot write {}; does its folder exist?", path.display());
    }
    whole::replace(path, |file| file.write_all(text.as_bytes()))
}
