//! `compio`: a runtime that is made for rings. Each read is a future with a buffer of its own, and
//! so many of them are polled at once.

use std::io;
use std::path::Path;

use ::compio::BufResult;
use ::compio::fs::File;
use ::compio::io::AsyncReadAtExt;
use ::compio::runtime::Runtime;
use futures_util::{StreamExt, stream};

use crate::record::checksums;
use crate::wanted::Wanted;

/// A runtime, and a file that it reads.
pub struct Open {
    file: File,
    runtime: Runtime,
}

/// Opens the file on a runtime of its own.
///
/// # Errors
/// If the system refuses.
pub fn open(path: &Path) -> io::Result<Open> {
    let runtime = Runtime::new()?;
    let file = runtime.block_on(File::open(path))?;
    Ok(Open { file, runtime })
}

/// Checksums of the records wanted, in their order.
///
/// # Errors
/// The first that the file reports; also where it ends too soon.
pub fn read(Open { file, runtime }: &Open, wanted: &Wanted) -> io::Result<Vec<u64>> {
    runtime.block_on(async {
        let mut sums = Vec::with_capacity(wanted.pieces.len() * wanted.records);
        let reads = wanted.offsets().map(|offset| async move {
            let buffer = Vec::with_capacity(wanted.bytes());
            let BufResult(outcome, piece) = file.read_exact_at(buffer, offset).await;
            outcome.map(|()| piece)
        });
        let mut pieces = stream::iter(reads).buffered(wanted.depth);
        while let Some(piece) = pieces.next().await {
            sums.extend(checksums(&piece?));
        }
        Ok(sums)
    })
}
