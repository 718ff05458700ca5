//! Every trip gets a search of its own.

use crate::roads::Search;
use crate::trips::Batch;

/// The quickest way for each trip, in minutes.
pub fn minutes(Batch { roads, trips }: &Batch) -> Vec<u32> {
    trips.iter().map(|trip| Search::new(roads, trip.from).minutes_to(roads, trip.to)).collect()
}
