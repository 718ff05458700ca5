//! The standard library's buffer between the lines and the file: a call for every 8 KiB.

use std::io::{self, BufWriter, Write};

/// Writes all lines, each of which brings its newline.
///
/// # Errors
/// The first that the file reports, also where it does so at the end.
pub fn write(lines: &[String], file: impl Write) -> io::Result<()> {
    let mut file = BufWriter::new(file);
    for line in lines {
        file.write_all(line.as_bytes())?;
    }
    // Dropping would flush as well, and throw the error away.
    file.flush()
}
