//! What is asked of an index in a call, and whether its file is in the page cache by then.

use std::io::{Read, Seek, SeekFrom};

use harness::data::{rand::RngExt, rng};

use crate::index::Index;
use crate::wanted::{DEPTH, Wanted};

/// What a rung is given.
#[derive(Debug, Clone)]
pub struct Job {
    /// Where to read.
    pub index: Index,
    /// What.
    pub wanted: Wanted,
    /// Whether the page cache is to have none of it, before the next call as well.
    pub cold: bool,
}

/// Records of a call that wants them here and there.
pub const RECORDS: usize = 64;

/// Reads of a scan that are under way at once, where a rung can: as much as a device takes in one.
const AHEAD: usize = 8;

impl Job {
    /// So many records, here and there in the index.
    pub fn random(index: Index, n: usize, depth: usize, seed: u64) -> Self {
        let mut rng = rng(seed);
        let pieces = (0..n).map(|_| rng.random_range(0..index.records())).collect();
        Self { index, wanted: Wanted::records(pieces, depth), cold: false }
    }

    /// So many records, one after another, from somewhere on.
    pub fn scan(index: Index, n: usize, seed: u64) -> Self {
        let rest = index.records() as usize - n.next_multiple_of(Wanted::RUN);
        let first = rng(seed).random_range(0..=rest);
        Self { index, wanted: Wanted::scan(first as u32, n, AHEAD), cold: false }
    }

    /// The same where the page cache has none of it.
    #[must_use]
    pub fn cold(self) -> Self {
        Self { cold: true, ..self }
    }

    /// Pages that the device must read, each for itself: none that is cached, nor what it has in a
    /// row.
    pub fn device_reads(&self) -> usize {
        if self.cold && self.wanted.records == 1 { self.wanted.pieces.len() } else { 0 }
    }

    /// The same where the page cache has all of it, from now on.
    ///
    /// # Panics
    /// If it cannot be read.
    #[must_use]
    pub fn cached(self) -> Self {
        let mut file = self.index.open().expect("the index can be opened");
        let mut piece = vec![0; self.wanted.bytes()];
        for offset in self.wanted.offsets() {
            file.seek(SeekFrom::Start(offset)).expect("it has this place");
            file.read_exact(&mut piece).expect("and something there");
        }
        self
    }
}

/// [`RECORDS`] records of which none is cached, with so many reads under way where a rung can.
pub fn cold(depth: usize, seed: u64) -> Job {
    Job::random(Index::of(Index::USUAL), RECORDS, depth, seed).cold()
}

/// `n` records that are cached.
pub fn cached(n: usize, seed: u64) -> Job {
    Job::random(Index::of(Index::USUAL), n, DEPTH, seed).cached()
}

/// `n` records in a row of which none is cached.
pub fn cold_scan(n: usize, seed: u64) -> Job {
    Job::scan(Index::of(long_enough(n)), n, seed).cold()
}

/// `n` records in a row that are cached.
pub fn cached_scan(n: usize, seed: u64) -> Job {
    Job::scan(Index::of(long_enough(n)), n, seed).cached()
}

/// Records of the usual index, or of the large one for a scan beyond it.
fn long_enough(n: usize) -> u32 {
    if n > Index::USUAL as usize { Index::LARGE } else { Index::USUAL }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The large one is made only where it is needed: it takes a GiB.
    #[test]
    fn a_scan_of_all_that_the_usual_index_has_needs_no_larger_one() {
        let usual = Index::USUAL as usize;
        assert_eq!([1, usual, usual + 1].map(long_enough), [1 << 16, 1 << 16, 1 << 18]);
    }
}
