//! What is known of a service afterwards: exact counts, and the spans of those traces that somebody
//! looks at.

use std::fmt;

use crate::request::{BUCKETS, KINDS, ROUTES, Request};

/// All counters and the histogram at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Requests by route.
    pub requests: [u64; ROUTES.len()],
    /// Bytes of answers by route.
    pub bytes: [u64; ROUTES.len()],
    /// Rows of answers by kind.
    pub rows: [u64; KINDS.len()],
    /// How many answers' sizes fell in each bucket.
    pub buckets: [u64; BUCKETS],
    /// Their sum.
    pub sum: u64,
}

/// A span, as whoever reads traces gets to know it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The request's number.
    pub trace: u64,
    /// The names of the spans that it is in, and its own: "request/load/fetch".
    pub path: String,
    /// What was written down with it: "key=7".
    pub field: String,
    /// Whether it took a time, within that of the span around it.
    pub timed: bool,
}

/// What a rung has left in memory, in a form of its own. To read it is somebody else's time.
pub trait Log {
    /// All spans in it.
    fn spans(&self) -> Vec<Span>;
}

/// What a rung answers.
pub struct Seen {
    /// All answers, added up.
    pub answers: u64,
    /// What was counted.
    pub totals: Totals,
    /// What was traced.
    pub log: Box<dyn Log>,
    /// One trace in so many is looked at.
    pub one_in: u64,
}

impl Seen {
    /// The spans of the traces that somebody looks at, in an order of their own.
    pub fn spans(&self) -> Vec<Span> {
        let mut spans = self.log.spans();
        spans.retain(|span| Request::is_kept(span.trace, self.one_in));
        spans.sort();
        spans
    }
}

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        self.answers == other.answers
            && self.totals == other.totals
            && self.one_in == other.one_in
            && self.spans() == other.spans()
    }
}

impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seen")
            .field("answers", &self.answers)
            .field("totals", &self.totals)
            .field("spans", &self.spans())
            .finish()
    }
}
