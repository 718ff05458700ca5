//! Log lines to a file, one after the other.

use std::io::{self, Write};

/// Writes all lines, each of which brings its newline.
///
/// # Errors
/// The first that the file reports.
pub fn write(lines: &[String], mut file: impl Write) -> io::Result<()> {
    // TODO: make it faster; the file must hold the same bytes.
    for line in lines {
        file.write_all(line.as_bytes())?;
    }
    file.flush()
}
