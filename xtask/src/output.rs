//! Text for other programs: into a file, or to standard output.

use std::io::{ErrorKind, Write as _};
use std::path::Path;

use anyhow::{Context, Result};

/// Writes a text to a file, or to standard output where none is named.
///
/// # Errors
/// If the file, or the output, cannot be written to.
pub fn write(text: &str, file: Option<&Path>) -> Result<()> {
    if let Some(path) = file {
        return std::fs::write(path, text)
            .with_context(|| format!("cannot write {}; does its folder exist?", path.display()));
    }
    let mut output = std::io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        // Whoever reads has seen enough, as `head` does: no error of ours.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to standard output"),
    }
}
