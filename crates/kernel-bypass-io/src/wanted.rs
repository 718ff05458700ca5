//! What is wanted of a file: pieces, in an order. A piece is a record, or a run of them.

use crate::record::BYTES;

/// Reads that are under way at once at most.
pub const DEPTH: usize = 64;

/// Pieces of a file, in the order in which their checksums are wanted.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The number of the first record of each.
    pub pieces: Vec<u32>,
    /// Records of a piece: a read each.
    pub records: usize,
    /// Reads that may be under way at once, at least one.
    pub depth: usize,
}

impl Wanted {
    /// Records in a piece of a scan: 128 KiB, what the system reads ahead.
    pub const RUN: usize = 32;

    /// Single records.
    pub fn records(pieces: Vec<u32>, depth: usize) -> Self {
        Self { pieces, records: 1, depth }
    }

    /// One run of so many records after another, from this record on; the last run is whole, too.
    pub fn scan(first: u32, records: usize, depth: usize) -> Self {
        let pieces = (0..records.div_ceil(Self::RUN)).map(|at| first + (at * Self::RUN) as u32);
        Self { pieces: pieces.collect(), records: Self::RUN, depth }
    }

    /// Bytes of a piece.
    pub fn bytes(&self) -> usize {
        self.records * BYTES
    }

    /// Where each piece begins, in bytes.
    pub fn offsets(&self) -> impl Iterator<Item = u64> + '_ {
        self.pieces.iter().map(|&piece| u64::from(piece) * BYTES as u64)
    }
}
