//! Services of one thread and of more than there are requests, answers at the ends of their type
//! and of the buckets, no rows and many, and one trace in few, in many and in none.

use harness::Crew;

use crate::job::Job;
use crate::record::ROOM;
use crate::request::{KINDS, ROUTES, Request, Work};

/// Hand-made jobs, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Job> {
    let plain = |id| Request {
        id,
        route: id as usize % ROUTES.len(),
        user: 7,
        key: 9,
        body: 3,
        status: 200,
        size: 1_000,
        rows: 1,
    };
    let sizes = |id: usize| {
        let bound = 1_u32.checked_shl(id as u32 / 3).unwrap_or(u32::MAX);
        bound.saturating_add(id as u32 % 3).saturating_sub(1)
    };
    let of_sizes =
        (0..99).map(|id| Request { size: sizes(id), ..plain(id as u64) }).collect::<Vec<_>>();
    let ends = [
        Request { user: u32::MAX, key: u32::MAX, size: u32::MAX, status: u16::MAX, ..plain(0) },
        Request { user: 0, key: 0, size: 0, status: 0, body: 0, rows: 0, ..plain(1) },
        Request { rows: KINDS.len() as u32 * 40, body: usize::MAX >> 1, ..plain(2) },
        // As much as fits beside two names in a record.
        Request { id: (1 << 48) - 1, route: ROUTES.len() - 1, ..plain(3) },
    ];
    // Five spans each: a ring that is nearly full, and one that had no room for the last.
    let many: Vec<Request> = (0..ROOM as u64 / 5 + 1).map(plain).collect();
    let mut edges = Vec::new();
    for (threads, one_in) in [(1, 1), (2, 1), (3, 2), (2, u64::MAX)] {
        for requests in [&[][..], &[plain(0)], &ends, &of_sizes, &many[..ROOM / 5], &many] {
            let (crew, work) = (Crew::new(threads), Work::new(1));
            edges.push(Job { crew, requests: requests.to_vec(), work, one_in });
        }
    }
    edges
}
