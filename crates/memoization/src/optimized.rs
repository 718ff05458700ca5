//! Remember searches: one search from a town answers for all destinations that it has passed, and
//! goes on from where it stopped when a farther one is asked for. Towns are small numbers, so a
//! table does for the map.

use crate::roads::Search;
use crate::trips::{Batch, Trip};

/// The quickest way for each trip, in minutes.
pub fn minutes(Batch { roads, trips }: &Batch) -> Vec<u32> {
    let mut known: Vec<Option<Search>> = vec![None; roads.towns()];
    let minutes = |trip: &Trip| {
        known[usize::from(trip.from)]
            .get_or_insert_with(|| Search::new(roads, trip.from))
            .minutes_to(roads, trip.to)
    };
    trips.iter().map(minutes).collect()
}
