//! No copy of our own: the kernel gets a list of where the lines are (`writev`) and gathers them
//! itself.

use std::io::{self, ErrorKind, IoSlice, Write};

/// How many pieces Linux, macOS and the BSDs take in one call (`IOV_MAX`).
const MOST: usize = 1024;

/// Writes all lines, each of which brings its newline.
///
/// # Errors
/// The first that the file reports.
pub fn write(lines: &[String], mut file: impl Write) -> io::Result<()> {
    let mut slices = Vec::with_capacity(lines.len().min(MOST));
    for batch in lines.chunks(MOST) {
        slices.clear();
        slices.extend(batch.iter().map(|line| IoSlice::new(line.as_bytes())));
        write_all(&mut slices, &mut file)?;
    }
    file.flush()
}

/// What `write_all` does for one slice: a file may take a part only, even a part of a line, and a
/// signal may interrupt it before it took anything.
fn write_all(mut slices: &mut [IoSlice], file: &mut impl Write) -> io::Result<()> {
    IoSlice::advance_slices(&mut slices, 0); // empty lines in front are done already
    while !slices.is_empty() {
        match file.write_vectored(slices) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(taken) => IoSlice::advance_slices(&mut slices, taken),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
