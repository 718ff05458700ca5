#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod naive;
pub mod one_bit;
pub mod optimized;
pub mod peer;
pub mod words;

use bitvec::prelude::{BitVec, Lsb0};
use harness::Rung;
use harness::data::{Rng, rand::RngExt, rng};
use roaring::RoaringBitmap;

/// Three filters over the rows of a user table, each in every layout, so that conversion is never timed.
#[derive(Debug)]
pub struct Index {
    /// One byte per row.
    pub bools: [Vec<bool>; 3],
    /// One bit per row, behind `bitvec`'s interface.
    pub bits: [BitVec<u64, Lsb0>; 3],
    /// One bit per row in words; the last one's unused bits are zero.
    pub words: [Vec<u64>; 3],
    /// Compressed.
    pub roaring: [RoaringBitmap; 3],
}

/// Every rung, slowest first. All give the rows, in order, for which all three filters hold.
pub const RUNGS: &[Rung<Index, Vec<u32>>] = &[
    Rung::new("naive", |index: &Index| naive::matching(&index.bools))
        .data(|index| index.bools[0].len() * 3),
    Rung::new("one_bit", |index: &Index| one_bit::matching(&index.bits)).data(Index::word_bytes),
    Rung::new("words", |index: &Index| words::matching(&index.words)).data(Index::word_bytes),
    Rung::new("optimized", |index: &Index| optimized::matching(&index.words))
        .data(Index::word_bytes),
    Rung::new("peer", |index: &Index| peer::matching(&index.roaring))
        .data(|index| index.roaring.iter().map(RoaringBitmap::serialized_size).sum()),
];

impl Index {
    fn new(bools: [Vec<bool>; 3]) -> Self {
        let bits =
            bools.each_ref().map(|filter| filter.iter().copied().collect::<BitVec<u64, Lsb0>>());
        let words = bits.each_ref().map(|filter| {
            let mut words = filter.as_raw_slice().to_vec();
            if let (Some(last), used @ 1..) = (words.last_mut(), filter.len() % 64) {
                *last &= (1 << used) - 1;
            }
            words
        });
        let rows = |filter: &Vec<bool>| {
            let set = filter.iter().enumerate().filter(|&(_, &holds)| holds);
            set.map(|(row, _)| row as u32).collect()
        };
        let roaring = bools.each_ref().map(rows);
        Self { bools, bits, words, roaring }
    }

    /// Bytes that a query reads from the bit layouts.
    pub fn word_bytes(&self) -> usize {
        self.words.iter().map(|words| words.len() * 8).sum()
    }
}

/// `n` users: somewhat over half active, a fifth in the region (imported in batches, so in runs), a third who agreed to
/// be written to. About one row in thirty matches.
pub fn input(n: usize, seed: u64) -> Index {
    let mut rng = rng(seed);
    Index::new([
        holds(n, 0.55, 1.0, &mut rng),
        holds(n, 0.2, 40.0, &mut rng),
        holds(n, 0.3, 1.0, &mut rng),
    ])
}

/// `n` users of whom nearly all match: the answer is as long as the table, and writing it is the work.
pub fn nearly_all(n: usize, seed: u64) -> Index {
    let mut rng = rng(seed);
    Index::new([(); 3].map(|()| holds(n, 0.995, 1.0, &mut rng)))
}

/// `n` rows of which a share holds, in runs of `run` rows on average.
fn holds(n: usize, share: f64, run: f64, rng: &mut Rng) -> Vec<bool> {
    let mut now = rng.random_bool(share);
    let next = |_| {
        if rng.random_bool(1.0 / run) {
            now = rng.random_bool(share);
        }
        now
    };
    (0..n).map(next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, input);
        harness::agree(RUNGS, nearly_all);
    }

    #[test]
    fn rungs_agree_on_all_and_none() {
        for n in harness::SIZES {
            for (a, b) in [(true, true), (true, false), (false, false)] {
                harness::agree_on(RUNGS, Index::new([vec![a; n], vec![b; n], vec![a; n]]));
            }
        }
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_rows(rows in proptest::collection::vec(any::<[bool; 3]>(), 0..700)) {
            harness::agree_on(RUNGS, Index::new([0, 1, 2].map(|at| rows.iter().map(|row| row[at]).collect())));
        }
    }
}
