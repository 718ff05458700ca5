//! A read that says from where: one system call instead of two, and no place that is shared.

use std::io;
use std::os::unix::fs::FileExt;

use crate::record::checksums;
use crate::wanted::Wanted;

/// Checksums of the records wanted, in their order.
///
/// # Errors
/// The first that the file reports; also where it ends too soon.
pub fn read(file: &impl FileExt, wanted: &Wanted) -> io::Result<Vec<u64>> {
    let mut sums = Vec::with_capacity(wanted.pieces.len() * wanted.records);
    let mut buffer = vec![0; wanted.bytes()];
    for offset in wanted.offsets() {
        file.read_exact_at(&mut buffer, offset)?;
        sums.extend(checksums(&buffer));
    }
    Ok(sums)
}
