//! Remember answers: what has been asked before is looked up in a hash map.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::roads::Search;
use crate::trips::{Batch, Trip};

/// The quickest way for each trip, in minutes.
pub fn minutes(Batch { roads, trips }: &Batch) -> Vec<u32> {
    let mut known: HashMap<Trip, u32, RandomState> = HashMap::default();
    let minutes = |trip: &Trip| {
        *known
            .entry(*trip)
            .or_insert_with(|| Search::new(roads, trip.from).minutes_to(roads, trip.to))
    };
    trips.iter().map(minutes).collect()
}
