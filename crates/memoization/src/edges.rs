//! Networks with a dead end, an island, two roads for one, and trips that come back for an answer
//! which has been forgotten.

use std::sync::Arc;

use crate::network::network;
use crate::roads::Roads;
use crate::trips::{Batch, Trip};

/// Hand-made batches, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Batch> {
    let networks = [
        (1, &[][..]),
        (1, &[(0, 0, 9)]),
        (2, &[]),
        (2, &[(0, 1, 0)]),
        (3, &[(0, 1, 5), (0, 1, 4), (1, 2, u16::MAX), (2, 1, 1), (2, 2, 0)]),
        (3, &[(0, 7, 1), (7, 2, 1), (1, 2, 3)]),
        (4, &[(0, 1, 1), (1, 2, 1), (2, 3, 1), (0, 3, 4), (3, 0, 2)]), // the longer way is quicker
    ];
    let mut edges = Vec::new();
    for (towns, roads) in networks {
        let roads = Arc::new(Roads::new(towns, roads));
        edges.push(Batch { roads: Arc::clone(&roads), trips: Vec::new() });
        let mut trips = every_trip(towns);
        trips.extend_from_within(..);
        edges.push(Batch { roads, trips });
    }
    // Nearly two trips for each answer that is remembered, twice.
    let mut trips = every_trip(85);
    trips.extend_from_within(..);
    edges.push(Batch { roads: Arc::new(network(85)), trips });
    // A search from each town is remembered for some of these only, and all come back.
    let mut trips: Vec<Trip> = (0..400).map(|from| Trip { from, to: from * 7 % 400 }).collect();
    trips.extend_from_within(..);
    edges.push(Batch { roads: Arc::new(network(400)), trips });
    edges
}

/// A trip from every town to every town, in an order that mixes near and far.
pub(crate) fn every_trip(towns: u16) -> Vec<Trip> {
    let pairs = usize::from(towns).pow(2);
    let trip = |pair: usize| Trip {
        from: (pair % usize::from(towns)) as u16,
        to: (pair / usize::from(towns)) as u16,
    };
    (0..pairs).map(|at| trip(at * 10_007 % pairs)).collect()
}
