#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod answers;
pub mod bounded;
pub mod bounded_searches;
pub mod edges;
mod file;
pub mod naive;
mod network;
pub mod optimized;
pub mod peer;
pub mod roads;
mod trips;

use std::sync::{Arc, LazyLock};

pub use file::from_file;
use harness::Rung;
use harness::data::{rand::RngExt, rng, zipf};
use network::{COUNTRY, REGION, network};
use roads::Roads;
pub use trips::{Batch, Trip};

/// Every rung; all give the minutes that each trip takes, as naive does.
pub const RUNGS: &[Rung<Batch, Vec<u32>>] = &[
    Rung::new("naive", naive::minutes),
    Rung::new("answers", answers::minutes),
    Rung::new("bounded", bounded::minutes),
    Rung::new("optimized", optimized::minutes),
    Rung::new("bounded_searches", bounded_searches::minutes),
    Rung::new("peer", peer::minutes),
];

/// `n` trips in a region. Town sizes follow Zipf's law, and traffic leaves and reaches a town in
/// proportion to its size, as in the gravity model of transport planning.
pub fn input(n: usize, seed: u64) -> Batch {
    static ROADS: LazyLock<Arc<Roads>> = LazyLock::new(|| Arc::new(network(REGION)));
    let (mut rng, rank) = (rng(seed), zipf(usize::from(REGION), 1.0));
    // 45 is odd and the number of towns a power of two: every town has its rank, and large ones lie
    // scattered.
    let mut town = || (rank(&mut rng) as u16 * 45 + 17) % REGION;
    let trips = (0..n).map(|_| Trip { from: town(), to: town() }).collect();
    Batch { roads: Arc::clone(&ROADS), trips }
}

/// `n` trips in a country, each from another town along one of the roads that leave it: up to 2,048
/// of them, none comes twice, and a search ends soon after it began.
pub fn next_town(n: usize, seed: u64) -> Batch {
    static ROADS: LazyLock<Arc<Roads>> = LazyLock::new(|| Arc::new(network(COUNTRY)));
    let mut rng = rng(seed);
    let first = rng.random_range(0..usize::from(COUNTRY));
    let trip = |at| {
        let from = ((first + at * 1_001) % usize::from(COUNTRY)) as u16;
        let near = ROADS.leaving(from);
        let to = if near.is_empty() { from } else { near[rng.random_range(0..near.len())].0 };
        Trip { from, to }
    };
    Batch { roads: Arc::clone(&ROADS), trips: (0..n).map(trip).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edges::every_trip;
    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, input);
        harness::agree(RUNGS, next_town);
    }

    /// Rungs and Bellman and Ford's method alike ask the network what leaves a town, so neither
    /// would notice if it were something else.
    #[test]
    fn roads_leave_the_town_that_they_begin_in() {
        let roads = Roads::new(4, &[(2, 0, 7), (0, 3, 9), (0, 1, 5), (2, 9, 1), (9, 2, 1)]);
        assert_eq!(roads.towns(), 4);
        let leaving = [0, 1, 2, 3].map(|town| roads.leaving(town).to_vec());
        assert_eq!(leaving, [vec![(1, 5), (3, 9)], vec![], vec![(0, 7)], vec![]]);
        let trip = |(from, to)| Trip { from, to };
        let trips = [(2, 3), (2, 2), (1, 0)].map(trip).to_vec();
        let batch = Batch { roads: Arc::new(roads), trips };
        assert_eq!(naive::minutes(&batch), [16, 0, roads::UNREACHABLE]);
        harness::agree_on(RUNGS, batch);
    }

    #[test]
    fn rungs_agree_when_memory_overflows() {
        let roads = Arc::new(network(300));
        let mut trips = every_trip(300);
        trips.truncate(6_000);
        trips.extend_from_within(..);
        harness::agree_on(RUNGS, Batch { roads, trips });
    }

    #[test]
    fn rungs_agree_on_odd_networks() {
        harness::agree_at(RUNGS, edges::edges());
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_network(
            towns in 1_u16..24,
            roads in proptest::collection::vec((0_u16..24, 0_u16..24, 0_u16..100), 0..80),
            trips in proptest::collection::vec((any::<u16>(), any::<u16>()), 0..100),
        ) {
            let roads = Arc::new(Roads::new(towns, &roads));
            let trip = |(from, to)| Trip { from: from % towns, to: to % towns };
            let trips = trips.into_iter().map(trip).collect();
            harness::agree_on(RUNGS, Batch { roads, trips });
        }
    }
}
