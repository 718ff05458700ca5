//! Past the page cache: the disk writes into our own buffer, which must lie where the disk can.

use std::io::{self, ErrorKind};
use std::os::unix::fs::FileExt;

use crate::record::{Record, bytes, checksums};
use crate::wanted::Wanted;

/// Bytes of the smallest read that a disk can do; also of its addresses.
pub const SECTOR: usize = 512;

/// Checksums of the records wanted, in their order.
///
/// # Errors
/// The first that the file reports; also where it ends too soon.
pub fn read(file: &impl FileExt, wanted: &Wanted) -> io::Result<Vec<u64>> {
    let mut sums = Vec::with_capacity(wanted.pieces.len() * wanted.records);
    let mut buffer = vec![Record::EMPTY; wanted.records];
    for offset in wanted.offsets() {
        read_sectors(file, bytes(&mut buffer), offset)?;
        sums.extend(checksums(bytes(&mut buffer)));
    }
    Ok(sums)
}

/// Fills the buffer. After a short read it goes on at a sector: `read_exact_at` would go on
/// wherever it was, and be refused.
fn read_sectors(file: &impl FileExt, buffer: &mut [u8], offset: u64) -> io::Result<()> {
    let mut done = 0;
    while done < buffer.len() {
        match file.read_at(&mut buffer[done..], offset + done as u64) {
            Ok(read) if read < SECTOR => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(read) => done += read - read % SECTOR,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
