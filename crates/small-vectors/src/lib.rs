#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod batches;
pub mod bottom_up;
pub mod branchless;
pub mod compressed;
pub mod edges;
mod index;
pub mod inline;
pub mod marks;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod petgraph;

use harness::data::rand_distr::{Distribution, Geometric};
use harness::data::{rand::RngExt, rng, zipf};
use harness::{BadLine, FromFile, Rung};

pub use index::{Index, UNAFFECTED};

/// Every rung, naive first. All give the number of steps from each package to the changed one.
pub const RUNGS: &[Rung<Index, Vec<u32>>] = &[
    Rung::new("naive", naive::affected).data(|index| index.list_bytes::<Vec<u32>>(0)),
    Rung::new("inline", inline::affected).data(|index| index.list_bytes::<inline::List>(4)),
    Rung::new("compressed", compressed::affected).data(Index::row_bytes),
    Rung::new("branchless", branchless::affected).data(Index::row_bytes),
    Rung::new("marks", marks::affected).data(Index::row_bytes),
    Rung::new("batches", batches::affected).data(Index::row_bytes),
    Rung::new("bottom_up", bottom_up::affected).data(bottom_up::bytes),
    Rung::new("optimized", optimized::affected).data(optimized::bytes),
    Rung::new("petgraph", petgraph::affected),
    Rung::new("peer", peer::affected).data(|index| index.list_bytes::<peer::List>(5)),
];

/// `n` packages that need three others each on average, of which the most popular one changes.
pub fn input(n: usize, seed: u64) -> Index {
    registry(n, 3.0, seed)
}

/// `n` packages that need sixty-four others each on average.
pub fn dense(n: usize, seed: u64) -> Index {
    registry(n, 64.0, seed)
}

/// Half of what a package needs was published shortly before it, by the same people; the other half
/// follows Zipf's law, with popular packages anywhere. So most have few dependents, and some have
/// very many.
fn registry(n: usize, needs_each: f64, seed: u64) -> Index {
    let (mut rng, popular) = (rng(seed), zipf(n.max(1), 1.0));
    let count = Geometric::new(1.0 / (1.0 + needs_each)).expect("a probability");
    let package_of = |rank: usize| (rank.wrapping_mul(0x9E37_79B1) % n) as u32;
    let mut needs = Vec::with_capacity((n as f64 * needs_each) as usize);
    for package in 0..n {
        for _ in 0..count.sample(&mut rng) {
            let dependency = if rng.random_bool(0.5) {
                package_of(popular(&mut rng))
            } else {
                package.saturating_sub(rng.random_range(1..20)) as u32
            };
            needs.push((package as u32, dependency));
        }
    }
    let changed = if n == 0 { 0 } else { package_of(0) };
    Index { packages: n, needs, changed }
}

/// A user's list of edges: the first of each pair needs the second, and what most need changes.
///
/// # Errors
/// See [`harness::pairs`]; or if nothing needs anything but itself.
pub fn from_file(text: &[u8]) -> Result<FromFile<Index>, BadLine> {
    let file = harness::pairs(text)?;
    file.for_job("the first of each needs the second").and_then(index)
}

fn index(harness::Pairs { names, pairs }: harness::Pairs) -> Result<Index, BadLine> {
    if pairs.iter().all(|(needs, needed)| needs == needed) {
        return Err(BadLine::new(0, "every pair is of a name with itself: no change spreads"));
    }
    let mut index = Index { packages: names, needs: pairs, changed: 0 };
    let lengths = index.lengths();
    let most = (0..names).rev().max_by_key(|&package| lengths[package]);
    index.changed = most.unwrap_or(0) as u32;
    Ok(index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, input);
        harness::agree(RUNGS, dense);
        harness::agree_at(RUNGS, edges::edges());
    }

    #[test]
    fn steps_are_counted_along_the_shortest_chain() {
        for (packages, needs, changed, steps) in [
            (0, &[][..], 0, &[][..]),
            (1, &[(0, 0)], 0, &[0]),
            (2, &[(0, 1)], 0, &[0, UNAFFECTED]),
            (2, &[(0, 1), (1, 0), (0, 1)], 1, &[1, 0]),
            (4, &[(3, 2), (2, 1), (1, 0), (3, 0)], 0, &[0, 1, 2, 1]),
        ] {
            let index = Index { packages, needs: needs.to_vec(), changed };
            assert_eq!(naive::affected(&index), steps);
            harness::agree_on(RUNGS, index);
        }
    }

    /// What the record says of each rung's memory, for lists of five, four, one and no entries.
    #[test]
    fn bytes_are_those_of_the_lists() {
        let needs: Vec<(u32, u32)> = [(0, 5), (1, 4), (3, 1)]
            .iter()
            .flat_map(|&(to, n)| (0..n).map(move |at| (at % 4, to)))
            .collect();
        let index = Index { packages: 4, needs, changed: 0 };
        assert_eq!(index.lengths(), [5, 4, 0, 1]);
        let blocks = |entries: usize| 4 * size_of::<Vec<u32>>() + 4 * entries;
        assert_eq!(index.list_bytes::<Vec<u32>>(0), blocks(8 + 4 + 4));
        assert_eq!(index.list_bytes::<Vec<u32>>(4), blocks(8));
        assert_eq!(index.list_bytes::<Vec<u32>>(5), blocks(0));
        assert_eq!(index.row_bytes(), (5 + 10) * 4);
        assert_eq!(index.bytes(), 10 * 8);
        let piece = size_of::<bottom_up::Manifest>();
        assert_eq!(bottom_up::bytes(&index), 10 * 8 + 9 * piece);
        assert_eq!(optimized::bytes(&index), index.row_bytes());
        let manifests = Index { needs: vec![(2, 1); 64], ..index };
        assert_eq!(optimized::bytes(&manifests), 64 * 8 + piece);
        let short = Index { needs: vec![(2, 1); 63], ..manifests };
        assert_eq!(optimized::bytes(&short), short.row_bytes());
        let pieces = Index { needs: [(2, 1), (3, 1)].repeat(32), ..manifests };
        assert_eq!(optimized::bytes(&pieces), pieces.row_bytes());
    }

    #[test]
    fn inline_lists_are_as_large_as_their_rungs_say() {
        assert_eq!(size_of::<inline::List>(), size_of::<Vec<u32>>());
        assert_eq!(size_of::<peer::List>(), size_of::<Vec<u32>>() + size_of::<usize>());
    }

    #[test]
    fn most_lists_are_short_and_one_is_long() {
        let index = input(10_000, 1);
        let lengths = index.lengths();
        assert!(lengths.iter().filter(|&&length| length <= 4).count() > 8_500);
        assert!(lengths.iter().any(|&length| length > 500));
        let affected = naive::affected(&index).into_iter().filter(|&steps| steps != UNAFFECTED);
        assert!(affected.count() > 6_000);
    }

    #[test]
    fn a_list_of_edges_is_read() {
        let index = from_file(b"# from to\r\n7 libc\r\nserde libc\r\n7 serde").unwrap().input;
        assert_eq!((index.packages, index.changed), (3, 1));
        assert_eq!(index.needs, [(0, 1), (2, 1), (0, 2)]);
        assert_eq!(naive::affected(&index), [1, 0, 1]);
        harness::agree_on(RUNGS, index);
        for (text, line) in [("a b\nc", 2), ("", 0), ("a b\na b c\n", 2)] {
            assert_eq!(from_file(text.as_bytes()).unwrap_err().line, line);
        }
    }

    #[test]
    fn hostile_files_are_understood_or_refused() {
        harness::hold_reader(RUNGS, from_file);
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_edges(text in "([a-d0-9]{1,2}[ ,\t][a-d]{1,2}\n){1,60}") {
            if let Ok(file) = from_file(text.as_bytes()) {
                harness::agree_on(RUNGS, file.input);
            }
        }

        #[test]
        fn rungs_agree_on_any_needs(
            packages in 1_usize..40,
            needs in proptest::collection::vec((any::<u32>(), any::<u32>()), 0..120),
            changed: u32,
        ) {
            let in_range = |package: u32| package % packages as u32;
            let needs = needs.into_iter().map(|(a, b)| (in_range(a), in_range(b))).collect();
            harness::agree_on(RUNGS, Index { packages, needs, changed: in_range(changed) });
        }
    }
}
