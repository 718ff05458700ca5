//! A line that is longer than a batch goes out at once, before those that wait.

use std::io::{self, Write};

const BATCH: usize = 64 * 1024;

/// Writes all lines, each of which brings its newline.
///
/// # Errors
/// The first that the file reports.
pub fn write(lines: &[String], mut file: impl Write) -> io::Result<()> {
    let mut batch = Vec::with_capacity(BATCH);
    for line in lines {
        if line.len() >= BATCH {
            file.write_all(line.as_bytes())?;
            continue;
        }
        if batch.len() + line.len() > BATCH {
            file.write_all(&batch)?;
            batch.clear();
        }
        batch.extend_from_slice(line.as_bytes());
    }
    file.write_all(&batch)?;
    file.flush()
}
