#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

pub mod avx2;
pub mod avx512;
pub mod blocks;
pub mod bounded_heap;
pub mod branchless;
pub mod edges;
pub mod integer_keys;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod scores;
pub mod select;
pub mod undivided;

use harness::Rung;
use harness::data::{rand::RngExt, rng};
pub use scores::Documents;

/// What a search asks for: the best `wanted` of the documents that its words occur in.
#[derive(Debug, Clone)]
pub struct Query {
    /// The documents that could be shown.
    pub documents: Documents,
    /// How many are shown.
    pub wanted: usize,
}

/// Every rung, naive first. All give the numbers of the best documents, best first; of two with
/// the same score, the one that comes first.
pub const RUNGS: &[Rung<Query, Vec<u32>>] = &[
    Rung::new("naive", |query| naive::best(&query.documents, query.wanted)),
    Rung::new("select", |query| select::best(&query.documents, query.wanted)),
    Rung::new("integer_keys", |query| integer_keys::best(&query.documents, query.wanted)),
    Rung::new("bounded_heap", |query| bounded_heap::best(&query.documents, query.wanted)),
    Rung::new("blocks", |query| blocks::best(&query.documents, query.wanted)),
    Rung::new("branchless", |query| branchless::best(&query.documents, query.wanted)),
    Rung::new("undivided", |query| undivided::best(&query.documents, query.wanted)),
    Rung::new("avx2", |query: &Query| avx2::best(&query.documents, query.wanted))
        .needs(avx2::needs),
    Rung::new("avx512", |query: &Query| avx512::best(&query.documents, query.wanted))
        .needs(avx512::needs),
    Rung::new("optimized", |query| optimized::best(&query.documents, query.wanted)),
    Rung::new("peer", |query| peer::best(&query.documents, query.wanted)),
];

/// Results on one page of a search for programs: what a re-ranking stage asks for.
const PAGE: usize = 100;
/// Documents where the share that is wanted varies.
pub const VARIED: usize = 100_000;

impl Query {
    /// Bytes that every implementation must read.
    pub fn bytes(&self) -> usize {
        self.documents.len() * 2 * size_of::<f32>()
    }
}

/// `n` documents of which a hundred are wanted. Few fit their query well and few are fresh, so good
/// scores are rare; a twentieth has no matching word of its own and shares one score.
pub fn input(n: usize, seed: u64) -> Query {
    Query { documents: documents(n, seed), wanted: PAGE }
}

/// A hundred thousand documents of which `percent` in a hundred are wanted.
pub fn share(percent: usize, seed: u64) -> Query {
    Query { documents: documents(VARIED, seed), wanted: VARIED / 100 * percent.min(100) }
}

/// `n` documents that arrive best first, as an index ordered by quality delivers them.
pub fn best_first(n: usize, seed: u64) -> Query {
    let mut query = input(n, seed);
    let order = naive::best(&query.documents, n);
    query.documents = query.documents.reordered(&order);
    query
}

fn documents(n: usize, seed: u64) -> Documents {
    let mut rng = rng(seed);
    let mut documents = Documents::default();
    for _ in 0..n {
        let fit: f32 = rng.random();
        let age: f32 = rng.random();
        // Squares and powers make the tail: most fit badly, most are old.
        let relevance = if rng.random_ratio(1, 20) { 1.0 } else { 1.0 + 30.0 * fit.powi(4) };
        documents.push(relevance, if relevance == 1.0 { 365.0 } else { 3650.0 * age.sqrt() });
    }
    documents
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, input);
        harness::agree(RUNGS, best_first);
        harness::agree_at(RUNGS, edges::edges());
    }

    #[test]
    fn rungs_agree_on_every_share() {
        for wanted in [0, 1, 2, 63, 64, 65, 999, 1000, 1001, usize::MAX] {
            let documents = documents(1000, wanted as u64);
            harness::agree_on(RUNGS, Query { documents, wanted });
        }
    }

    #[test]
    fn a_candidate_is_found_in_every_lane_of_every_block() {
        for good in 0..300 {
            let mut documents = Documents::default();
            (0..300).for_each(|at| documents.push(if at == good { 2.0 } else { 1.0 }, 0.0));
            assert_eq!(branchless::best(&documents, 1), [good]);
            harness::agree_on(RUNGS, Query { documents, wanted: 1 });
        }
    }

    #[test]
    fn what_is_stored_in_vain_is_not_kept() {
        let ranks = std::array::from_fn(|at| (at % 3) as i32);
        for floor in 0..4 {
            let mut kept = blocks::Kept::new(10, 100);
            kept.floor = floor;
            branchless::add(&mut kept, &ranks, 5);
            let candidates = (5..).zip(ranks).filter(|(_, rank)| *rank >= floor);
            let keys: Vec<i64> =
                candidates.map(|(number, rank)| scores::key(rank, number)).collect();
            assert_eq!(kept.keys, keys);
        }
    }

    /// All 65,536 patterns of a block: each lane is packed with what is before and behind it.
    #[cfg(target_arch = "x86_64")]
    #[test]
    fn every_pattern_is_packed() {
        if avx512::needs().is_err() {
            return;
        }
        let mut kept = blocks::Kept::new(100, 1_000);
        kept.floor = 7;
        for pattern in 0..1 << blocks::BLOCK {
            let rank = |lane| if pattern >> lane & 1 == 1 { 7 + lane } else { 6 - lane };
            let ranks = std::array::from_fn(|lane| rank(lane as i32));
            kept.keys = vec![-1];
            // SAFETY: the processor has what the function was compiled for.
            unsafe { avx512::x86::add(&mut kept, &ranks, 5) };
            let good = (5..).zip(ranks).filter(|(_, rank)| *rank >= 7);
            let keys = good.map(|(number, rank)| scores::key(rank, number));
            assert!(kept.keys.iter().copied().eq([-1].into_iter().chain(keys)), "{pattern:b}");
        }
    }

    #[test]
    fn equal_scores_keep_their_order() {
        let mut documents = Documents::default();
        (0..500).for_each(|at| documents.push((at % 2) as f32, 0.0));
        let query = Query { documents, wanted: 300 };
        let best = naive::best(&query.documents, query.wanted);
        assert!(best[..250].iter().eq((1..500).step_by(2).collect::<Vec<u32>>().iter()));
        harness::agree_on(RUNGS, query);
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_floats(
            pairs in proptest::collection::vec(any::<(f32, f32)>(), 0..400),
            wanted in 0_usize..500,
        ) {
            let mut documents = Documents::default();
            pairs.iter().for_each(|(relevance, age)| documents.push(*relevance, *age));
            harness::agree_on(RUNGS, Query { documents, wanted });
        }
    }
}
