//! A batch of our own choice: large enough that the call no longer shows beside the copy. It is
//! made of whole lines, so that what reaches the file is never half of one.
//!
//! Tried and rejected: batches that end where a page of the file ends, so that the kernel finds and
//! locks each page once. It made no difference that could be measured, and it tears lines.

use std::io::{self, Write};

/// What one call hands over.
pub(crate) const BATCH: usize = 64 * 1024;

/// Writes all lines, each of which brings its newline.
///
/// # Errors
/// The first that the file reports.
pub fn write(lines: &[String], file: impl Write) -> io::Result<()> {
    write_in(BATCH, lines, file)
}

/// The same in batches of so many bytes.
///
/// # Errors
/// The first that the file reports.
pub fn write_in(size: usize, lines: &[String], mut file: impl Write) -> io::Result<()> {
    let mut batch = Vec::with_capacity(size);
    for line in lines {
        let line = line.as_bytes();
        if batch.len() + line.len() > size {
            file.write_all(&batch)?;
            batch.clear();
        }
        if line.len() < size {
            batch.extend_from_slice(line);
        } else {
            // A line this long is a batch itself: to copy it first would gain nothing.
            file.write_all(line)?;
        }
    }
    file.write_all(&batch)?;
    file.flush()
}
