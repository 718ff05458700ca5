//! What is asked of the log, and the sums on the way there.

use std::ops::Range;
use std::sync::Arc;

/// When a request must have begun to be counted, in milliseconds since the log began.
pub type Window = Range<u64>;

/// How the requests of a window fared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// What was counted.
    pub totals: Totals,
    /// The route of the slowest request, if there was one.
    pub slowest_route: Option<Arc<str>>,
}

/// Counts and sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Requests in the window.
    pub requests: u64,
    /// Of these, answered with a status of 500 or more.
    pub failures: u64,
    /// Of these, from nobody who was signed in.
    pub anonymous: u64,
    /// Of these, answered from the cache.
    pub hits: u64,
    /// Bytes sent.
    pub bytes: u64,
    /// Microseconds spent.
    pub micros: u64,
    /// Microseconds and row of the slowest; the first, if several are.
    pub slowest: Option<(u64, usize)>,
}

/// What a report reads of a row, as wide as it can be.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Microseconds spent.
    pub micros: u64,
    /// Bytes sent.
    pub bytes: u64,
    /// Whether the status was 500 or more.
    pub failed: bool,
    /// Whether nobody was signed in.
    pub anonymous: bool,
    /// Whether it was answered from the cache.
    pub hit: bool,
}

impl Totals {
    /// Counts a row of the window.
    #[inline]
    pub fn add(&mut self, row: usize, seen: Seen) {
        self.requests += 1;
        self.failures += u64::from(seen.failed);
        self.anonymous += u64::from(seen.anonymous);
        self.hits += u64::from(seen.hit);
        self.bytes += seen.bytes;
        self.micros += seen.micros;
        if self.slowest.is_none_or(|(most, _)| seen.micros > most) {
            self.slowest = Some((seen.micros, row));
        }
    }

    /// The report, given how to find the route of a row.
    #[inline]
    pub fn report(self, route: impl FnOnce(usize) -> Arc<str>) -> Report {
        Report { totals: self, slowest_route: self.slowest.map(|(_, row)| route(row)) }
    }
}
