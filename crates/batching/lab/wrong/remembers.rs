//! Keeps its buffer for the next call, with what is in it.

use std::cell::RefCell;
use std::io::{self, Write};

const BATCH: usize = 64 * 1024;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Writes all lines, each of which brings its newline.
///
/// # Errors
/// The first that the file reports.
pub fn write(lines: &[String], mut file: impl Write) -> io::Result<()> {
    BUFFER.with_borrow_mut(|batch| {
        for line in lines {
            if batch.len() + line.len() > BATCH {
                file.write_all(batch)?;
                batch.clear();
            }
            batch.extend_from_slice(line.as_bytes());
        }
        file.write_all(batch)?;
        file.flush()
    })
}
