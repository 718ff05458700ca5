//! Remember searches in a bounded amount of memory: a town picks a slot, and the search that was
//! there before goes. This is the oldest kind of cache (Wilkes, "Slave memories and dynamic storage
//! allocation", 1965), now called direct-mapped.

use crate::roads::Search;
use crate::trips::{Batch, Trip};

/// Bytes that the tables of all remembered searches take at most, but for one that alone takes
/// more: a small part of a second-level cache.
const MEMORY: usize = 1 << 17;

/// The quickest way for each trip, in minutes.
pub fn minutes(Batch { roads, trips }: &Batch) -> Vec<u32> {
    let towns = roads.towns().max(1);
    let slots = (MEMORY / (size_of::<u32>() * towns)).clamp(1, towns);
    let mut known: Vec<Option<(u16, Search)>> = vec![None; slots];
    let minutes = |trip: &Trip| {
        let slot = &mut known[usize::from(trip.from) % slots];
        let (_, search) = match slot {
            Some(kept) if kept.0 == trip.from => kept,
            _ => {
                *slot = None; // first, so that the allocator can give its memory to the next one
                slot.insert((trip.from, Search::new(roads, trip.from)))
            }
        };
        search.minutes_to(roads, trip.to)
    };
    trips.iter().map(minutes).collect()
}
