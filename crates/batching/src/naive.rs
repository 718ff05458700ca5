//! One write for each line: it is in the file when the call returns.

use std::io::{self, Write};

/// Writes all lines, each of which brings its newline.
///
/// # Errors
/// The first that the file reports.
pub fn write(lines: &[String], mut file: impl Write) -> io::Result<()> {
    for line in lines {
        file.write_all(line.as_bytes())?;
    }
    file.flush()
}
