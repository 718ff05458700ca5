//! What a command answers with: text into a file, or to standard output.

use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::whole;

/// Writes a text to a file, or to standard output where none is named.
///
/// # Errors
/// If the file, or the output, cannot be written to.
pub fn write(text: &str, file: Option<&Path>) -> Result<()> {
    if let Some(path) = file {
        // A folder that somebody names and nobody made is a slip.
        if path.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
            bail!("cannot write {}; does its folder exist?", path.display());
        }
        return whole::replace(path, |file| file.write_all(text.as_bytes()));
    }
    let mut output = io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        // Whoever reads has seen enough, as `head` does: no error of ours.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to standard output"),
    }
}
