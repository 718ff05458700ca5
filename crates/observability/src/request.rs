//! What a service is asked for, and what its handler has to do for it: shared by all rungs.

use std::fmt;

/// What can be asked for; a label of two counters.
pub const ROUTES: [&str; 12] = [
    "/",
    "/assets",
    "/basket",
    "/checkout",
    "/health",
    "/invoices",
    "/items",
    "/login",
    "/orders",
    "/prices",
    "/search",
    "/stock",
];

/// What a row of an answer can be; the label of the third counter.
pub const KINDS: [&str; 16] = [
    "account", "address", "article", "bundle", "coupon", "credit", "delivery", "invoice", "item",
    "note", "order", "payment", "price", "refund", "review", "stock",
];

/// Bounds of the histogram's buckets are powers of two; the last bucket has none.
pub const BUCKETS: usize = 25;

/// A request.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// Its number, and that of its trace.
    pub id: u64,
    /// An index into [`ROUTES`].
    pub route: usize,
    /// Who asks.
    pub user: u32,
    /// What is looked up.
    pub key: u32,
    /// Bytes that come with it.
    pub body: usize,
    /// The answer's status.
    pub status: u16,
    /// The answer's bytes, which go into the histogram.
    pub size: u32,
    /// Rows of the answer, each of which is counted by its kind.
    pub rows: u32,
}

impl Request {
    /// The route's name.
    #[inline]
    pub fn path(&self) -> &'static str {
        ROUTES[self.route]
    }

    /// What the rows are, as indices into [`KINDS`].
    #[inline]
    pub fn kinds(&self) -> impl Iterator<Item = usize> {
        let user = self.user;
        (0..self.rows).map(move |row| ((user ^ row).wrapping_mul(0x9E37_79B9) >> 28) as usize)
    }

    /// Whether somebody will look at the trace, if one in so many is looked at: the number decides,
    /// so that all services which the request passes through decide alike.
    #[inline]
    pub fn is_kept(id: u64, one_in: u64) -> bool {
        (id.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32).is_multiple_of(one_in)
    }

    /// The bucket of the histogram in which the answer's size falls.
    #[inline]
    pub fn bucket(&self) -> usize {
        bucket(self.size)
    }
}

/// The first bucket whose bound is not below the size.
#[inline]
pub fn bucket(size: u32) -> usize {
    ((32 - size.saturating_sub(1).leading_zeros()) as usize).min(BUCKETS - 1)
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(test)]
        FORMATTED.set(FORMATTED.get() + 1);
        f.debug_struct("Request")
            .field("id", &self.id)
            .field("path", &self.path())
            .field("user", &self.user)
            .field("key", &self.key)
            .field("body", &self.body)
            .field("status", &self.status)
            .field("size", &self.size)
            .field("rows", &self.rows)
            .finish()
    }
}

#[cfg(test)]
thread_local! {
    /// How often this thread has made text of a request.
    pub(crate) static FORMATTED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// The handler's own work: each step reads some text and needs all of what the step before found.
#[derive(Debug, Clone)]
pub struct Work {
    text: Vec<u8>,
    rounds: usize,
}

impl Work {
    /// Reads the text so often in each step.
    pub fn new(rounds: usize) -> Self {
        Self { text: (0..1_024_u32).map(|i| ((i * i) >> 3) as u8).collect(), rounds }
    }

    /// Checks what came with the request.
    pub fn parse(&self, request: &Request) -> u64 {
        self.read(request.id, request.body.min(self.text.len()))
    }

    /// Finds out who asks.
    pub fn load(&self, request: &Request, parsed: u64) -> u64 {
        self.read(parsed ^ u64::from(request.user), 300)
    }

    /// Gets what was asked for.
    pub fn fetch(&self, request: &Request, loaded: u64) -> u64 {
        self.read(loaded ^ u64::from(request.key), 600)
    }

    /// Makes the answer.
    pub fn render(&self, request: &Request, fetched: u64) -> u64 {
        self.read(fetched ^ u64::from(request.status), 700)
    }

    /// The same machine code for all rungs.
    #[inline(never)]
    fn read(&self, seed: u64, bytes: usize) -> u64 {
        let mut hash = seed;
        for _ in 0..self.rounds {
            for &byte in &self.text[..bytes] {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
        hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_holds_what_is_at_most_its_bound() {
        let bounds = [(0, 0), (1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (1 << 23, 23)];
        for (size, expected) in bounds {
            assert_eq!(bucket(size), expected, "{size}");
        }
        assert_eq!(bucket((1 << 23) + 1), BUCKETS - 1);
        assert_eq!(bucket(u32::MAX), BUCKETS - 1);
    }

    /// Published hashes of FNV-1a.
    #[test]
    fn a_step_reads_text_as_fnv_does() {
        let hash = |text: &str| {
            let work = Work { text: text.into(), rounds: 1 };
            work.read(0xcbf2_9ce4_8422_2325, text.len())
        };
        assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash("foobar"), 0x8594_4171_f739_67e8);
    }

    /// What no bit of the step before could change, a compiler might begin before that.
    #[test]
    fn a_step_needs_all_that_the_step_before_found() {
        let (user, key, status) = (0x0ff0_1234, 0x4321_0ff0, 0x0123);
        let request = Request { id: 0, route: 0, user, key, body: 0, status, size: 0, rows: 0 };
        let work = Work::new(1);
        for step in [Work::load, Work::fetch, Work::render] {
            let found = step(&work, &request, 0);
            assert!((0..64).all(|bit| step(&work, &request, 1 << bit) != found));
        }
    }
}
