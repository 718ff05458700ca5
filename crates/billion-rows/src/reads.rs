//! A file that is read a mebibyte at a time, for those who will not map it. Threads take turns at
//! reading, and what is left of a last line goes in front of the next piece.

use std::io::{self, Read};
use std::sync::Mutex;

use crate::cursors;
use crate::optimized::on_threads;
use crate::report::Report;
use crate::table::Table;

/// Bytes that are read at once.
const PIECE: usize = 1 << 20;

/// Least, mean and most of each station, on so many threads.
///
/// # Errors
/// If it cannot be read.
///
/// # Panics
/// If a line is not a name, a semicolon and a number.
pub fn report(text: impl Read + Send, threads: usize) -> io::Result<Report> {
    let pieces = Mutex::new(Pieces { text, begun: Vec::new(), bytes: PIECE });
    let failed = Mutex::new(None);
    let work = || {
        let (mut table, mut piece) = (Table::default(), Vec::new());
        loop {
            let next = pieces.lock().expect("nobody panics while reading").next(&mut piece);
            match next {
                Ok(true) => cursors::add(&mut table, &piece),
                Ok(false) => return table,
                Err(error) => {
                    failed.lock().expect("nobody panics here").get_or_insert(error);
                    return table;
                }
            }
        }
    };
    let table = on_threads(threads, work);
    let failed = failed.into_inner().expect("nobody panics there");
    failed.map_or_else(|| Ok(table.report()), Err)
}

/// Whole lines of whatever can be read.
pub(crate) struct Pieces<R> {
    pub(crate) text: R,
    /// A line that is not yet whole.
    pub(crate) begun: Vec<u8>,
    /// How many are read at once.
    pub(crate) bytes: usize,
}

impl<R: Read> Pieces<R> {
    /// Puts the next lines in the place of what is in the buffer; false if there are none.
    pub(crate) fn next(&mut self, piece: &mut Vec<u8>) -> io::Result<bool> {
        piece.clear();
        piece.append(&mut self.begun);
        loop {
            let before = piece.len();
            let read = self.text.by_ref().take(self.bytes as u64).read_to_end(piece)?;
            if read == 0 {
                return Ok(!piece.is_empty());
            }
            if let Some(end) = memchr::memrchr(b'\n', &piece[before..]) {
                self.begun.extend_from_slice(&piece[before + end + 1..]);
                piece.truncate(before + end + 1);
                return Ok(true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few bytes at a time, whatever is asked for.
    struct Trickle<'t>(&'t [u8]);

    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let few = buffer.len().min(3);
            self.0.read(&mut buffer[..few])
        }
    }

    #[test]
    fn pieces_are_whole_lines() {
        let text = b"one;1.0\nb;2.0\nthree and more;3.0\nlast;4.0";
        for bytes in 1..50 {
            let mut pieces = Pieces { text: Trickle(text), begun: Vec::new(), bytes };
            let (mut piece, mut all) = (Vec::new(), Vec::new());
            while pieces.next(&mut piece).unwrap() {
                all.extend_from_slice(&piece);
                assert!(piece.ends_with(b"\n") || all.len() == text.len(), "{bytes}");
            }
            assert_eq!(all, text, "{bytes}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_an_error() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("gone"))
            }
        }
        assert_eq!(report(Broken, 2).unwrap_err().to_string(), "gone");
    }
}
