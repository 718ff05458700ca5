//! What a command leaves behind: lines on a terminal or in a pipe, text in a file, files whole or
//! not at all. The one place that prints.

use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

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

/// [`out`](crate::output::out) of a line, with its arguments as in `println!`.
#[macro_export]
macro_rules! outln {
    ($($line:tt)*) => {
        $crate::output::out(format_args!("{}\n", format_args!($($line)*)))
    };
}

/// [`err`](crate::output::err) of a line, with its arguments as in `eprintln!`.
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
    fs::write(path, text)
        .with_context(|| format!("cannot write {}; does its folder exist?", path.display()))
}

/// Writes a file whole or not at all, in a folder that is made if there is none.
///
/// # Errors
/// If the folder cannot be written to.
pub fn replace(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<()> {
    let context = || format!("cannot write {}; is the disk full?", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(context)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(context)?;
    write(file.as_file_mut()).with_context(context)?;
    file.persist(path).with_context(context)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_into_a_new_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/graph.svg");
        replace(&path, |file| file.write_all(b"<svg/>")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "<svg/>");
        replace(&path, |_| Err(ErrorKind::StorageFull.into())).unwrap_err();
        assert_eq!(fs::read_to_string(&path).unwrap(), "<svg/>", "the old one stays");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
