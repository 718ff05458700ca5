//! Remember searches in `quick_cache`, which holds a given number of them and decides which are
//! worth their place (by a variant of CLOCK-Pro: Jiang, Chen and Zhang, 2005; much like the later
//! S3-FIFO: Yang and others, "FIFO queues are all you need for cache eviction", 2023).

use foldhash::fast::RandomState;
use quick_cache::UnitWeighter;
use quick_cache::unsync::{Cache, DefaultLifecycle};

use crate::roads::Search;
use crate::trips::{Batch, Trip};

/// Searches that are remembered at most.
const SEARCHES: usize = 256;

/// The quickest way for each trip, in minutes.
pub fn minutes(Batch { roads, trips }: &Batch) -> Vec<u32> {
    let mut known: Cache<u16, Search, _, RandomState> = Cache::with(
        SEARCHES,
        SEARCHES as u64,
        UnitWeighter,
        RandomState::default(),
        DefaultLifecycle::default(),
    );
    let minutes = |trip: &Trip| {
        if let Some(mut search) = known.get_mut(&trip.from) {
            return search.minutes_to(roads, trip.to);
        }
        let mut search = Search::new(roads, trip.from);
        let minutes = search.minutes_to(roads, trip.to);
        known.insert(trip.from, search);
        minutes
    };
    trips.iter().map(minutes).collect()
}
