#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

pub mod blocks;
pub mod croaring;
pub mod edges;
pub mod eights;
mod file;
mod index;
pub mod naive;
pub mod one_bit;
pub mod optimized;
pub mod peer;
pub mod words;

use harness::Rung;
use harness::data::{Rng, rand::RngExt, rng};

pub use file::from_file;
pub use index::Index;

/// Every rung, naive first. All give the rows, in order, for which all three filters hold.
pub const RUNGS: &[Rung<Index, Vec<u32>>] = &[
    Rung::new("naive", |index: &Index| naive::matching(&index.bools))
        .data(|index| index.bools[0].len() * 3),
    Rung::new("one_bit", |index: &Index| one_bit::matching(&index.bits)).data(Index::word_bytes),
    Rung::new("words", |index: &Index| words::matching(&index.words)).data(Index::word_bytes),
    Rung::new("eights", |index: &Index| eights::matching(&index.words)).data(Index::word_bytes),
    Rung::new("blocks", |index: &Index| blocks::matching(&index.words)).data(Index::word_bytes),
    Rung::new("optimized", |index: &Index| optimized::matching(&index.words))
        .data(Index::word_bytes),
    Rung::new("croaring", |index: &Index| croaring::matching(&index.croaring))
        .data(Index::roaring_bytes),
    Rung::new("peer", |index: &Index| peer::matching(&index.roaring)).data(Index::roaring_bytes),
];

/// `n` users: nine in sixteen active, a fifth in the region (imported in batches, so in runs), five
/// in sixteen who agreed to be written to. About one row in thirty matches.
pub fn input(n: usize, seed: u64) -> Index {
    let mut rng = rng(seed);
    Index::new(n, [scattered(n, 9, &mut rng), runs(n, 0.2, &mut rng), scattered(n, 5, &mut rng)])
}

/// `n` users of whom nearly all match: the answer is as long as the table, and writing it is most
/// of the work.
pub fn nearly_all(n: usize, seed: u64) -> Index {
    let mut rng = rng(seed);
    Index::new(n, [(); 3].map(|()| runs(n, 0.99, &mut rng)))
}

/// `n` users of whom one in five thousand is named in any filter, and then in most of them: lists
/// of suspects, of testers, of those who complained.
pub fn sparse(n: usize, seed: u64) -> Index {
    let mut rng = rng(seed);
    let mut words = [(); 3].map(|()| vec![0_u64; n.div_ceil(64)]);
    for _ in 0..n.div_ceil(5_000) {
        let row = rng.random_range(0..n);
        for filter in &mut words {
            filter[row / 64] |= u64::from(rng.random_bool(0.8)) << (row % 64);
        }
    }
    Index::new(n, words)
}

/// Each of `n` rows holds with a chance of `sixteenths`/16, independently: four random words make
/// sixty-four draws, compared bit by bit with the binary digits of the chance.
fn scattered(n: usize, sixteenths: u32, rng: &mut Rng) -> Vec<u64> {
    let draw = |_| {
        (0..4).fold(0, |word, digit| {
            let random: u64 = rng.random();
            if sixteenths >> digit & 1 == 1 { word | random } else { word & random }
        })
    };
    (0..n.div_ceil(64)).map(draw).collect()
}

/// A `share` of `n` rows holds, in batches of some forty rows on average that hold or do not as a
/// whole.
fn runs(n: usize, share: f64, rng: &mut Rng) -> Vec<u64> {
    let mut words = vec![0; n.div_ceil(64)];
    let mut row = 0;
    while row < n {
        let end = (row + rng.random_range(1..80)).min(n);
        if rng.random_bool(share) {
            for row in row..end {
                words[row / 64] |= 1 << (row % 64);
            }
        }
        row = end;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, input);
        harness::agree(RUNGS, nearly_all);
        harness::agree(RUNGS, sparse);
        harness::agree_at(RUNGS, edges::edges());
    }

    #[test]
    fn rungs_agree_on_all_and_none() {
        for n in harness::SIZES {
            for (a, b) in [(u64::MAX, u64::MAX), (u64::MAX, 0), (0, 0)] {
                harness::agree_on(
                    RUNGS,
                    Index::new(n, [a, b, a].map(|word| vec![word; n.div_ceil(64)])),
                );
            }
        }
    }

    #[test]
    fn sparse_filters_name_a_few_rows() {
        let rows = naive::matching(&sparse(1_000_000, 1).bools);
        assert!((60..150).contains(&rows.len()), "{} of 200", rows.len());
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_words(
            words in proptest::collection::vec(any::<[u64; 3]>(), 0..40),
            cut in 0_usize..64,
        ) {
            let n = (words.len() * 64).saturating_sub(cut);
            let used = &words[..n.div_ceil(64)];
            let filter = |at: usize| used.iter().map(|word| word[at]).collect();
            harness::agree_on(RUNGS, Index::new(n, [filter(0), filter(1), filter(2)]));
        }
    }
}
