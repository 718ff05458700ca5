//! A file is a stream with a place in it: go there, then read.

use std::io::{self, Read, Seek, SeekFrom};

use crate::record::checksums;
use crate::wanted::Wanted;

/// Checksums of the records wanted, in their order.
///
/// # Errors
/// The first that the file reports; also where it ends too soon.
pub fn read(mut file: impl Read + Seek, wanted: &Wanted) -> io::Result<Vec<u64>> {
    let mut sums = Vec::with_capacity(wanted.pieces.len() * wanted.records);
    let mut buffer = vec![0; wanted.bytes()];
    for offset in wanted.offsets() {
        file.seek(SeekFrom::Start(offset))?;
        file.read_exact(&mut buffer)?;
        sums.extend(checksums(&buffer));
    }
    Ok(sums)
}
