//! A tick is answered by itself, so the first size is one event, and there the book shows the
//! slowest of single calls: that is what an event-driven program is judged by. 100 events are a
//! burst; the messages of 10,000 no longer fit in a private cache, and those of 300,000 in none.
//! In a turmoil most answers are errors. In a quiet market one tick in fifty thousand is answered
//! at all, and how that is done should not matter.
//!
//! The limit is copying the answers once, to where the network reads them. Dropping a session is
//! part of the job, and gives its buffers back to the thread.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use zero_allocation::market::Feed;
use zero_allocation::session::Session;
use zero_allocation::{RUNGS, answered, edges, quiet, quotes, turmoil};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Feed, Session>]) -> Bench<Feed, Session> {
    Bench::new(rungs)
        .item("tick")
        .substance(|session| session.wire().len() + session.journal().len())
        .input("quotes", quotes)
        .quick([1, 100, 10_000])
        .standard([30_000])
        .full([300_000])
        .input("turmoil", turmoil)
        .quick([10_000])
        .input("quiet", quiet)
        .quick([100_000])
        .beyond("quotes", 300_000)
        .edges(edges::edges)
        .limit(Limit::Copy(answered))
        .tail("quotes", 1)
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "quotes", 10_000, Faster)
        .claim("digits", "quotes", 10_000, Faster)
        .claim("optimized", "quotes", 1, Faster)
        .claim("optimized", "turmoil", 10_000, Faster)
        .claim("optimized", "quiet", 100_000, DoesNotPay)
        .claim("reuse", "turmoil", 10_000, Faster)
        .claim("reuse", "quotes", 10_000, Faster)
        .claim("digits", "quotes", 10_000, Faster)
        .over("reuse")
        .claim("one_pass", "quotes", 10_000, Faster)
        .over("digits")
        .claim("on_stack", "quotes", 10_000, Faster)
        .over("one_pass")
        .claim("fixed_width", "quotes", 10_000, Faster)
        .over("on_stack")
        .claim("optimized", "quotes", 10_000, Faster)
        .over("words")
        .claim("optimized", "turmoil", 10_000, Faster)
        .over("one_pass")
        .main();
}
