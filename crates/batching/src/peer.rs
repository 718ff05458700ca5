//! `tracing-appender`: lines go into a bounded queue (`crossbeam-channel`), and a thread of its own
//! writes what it finds there. The buffer behind it is what its documentation leaves to the writer:
//! the thread flushes when the queue is empty.

use std::io::{self, BufWriter, Write};

use tracing_appender::non_blocking::NonBlockingBuilder;

/// Writes all lines, each of which brings its newline.
///
/// # Errors
/// If the queue is closed. Errors of the file stay with the thread.
pub fn write(lines: &[String], file: impl Write + Send + 'static) -> io::Result<()> {
    let (mut queue, thread) =
        NonBlockingBuilder::default().lossy(false).finish(BufWriter::with_capacity(1 << 16, file));
    for line in lines {
        queue.write_all(line.as_bytes())?;
    }
    drop(thread); // waits until all is written
    Ok(())
}
