//! A queue has room for 1,024 messages and stays in a private cache, so sizes only say how long it
//! is used: until waking the other thread, once in each call, no longer shows. Messages come in
//! bursts, as from a network card. Numbers are handed over eight to a cache line, ticks one to a
//! line. Two lines and the book are three threads: on two cores somebody has none.
//!
//! "answered" has one message under way, which is latency and nothing else; "quiet" pauses longer
//! between two messages than any of the rungs takes for one. There is nothing to gain in time, and
//! the processor time says who waits how. No branch depends on what is in a message.
//!
//! Messages that are answered cannot take less than the way of a cache line to the other core and
//! back. Of those that are not, many lines are under way at once, and nothing that the machine page
//! measures bounds them.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use lock_free_queues::feed::Seen;
use lock_free_queues::{
    Job, RUNGS, answered, edges, numbers, quiet, ticks, two_cores, two_lines, ways,
};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Seen>]) -> Bench<Job, Seen> {
    Bench::new(rungs)
        .item("message")
        .substance(|seen| seen.book.lines.iter().map(|came| came.messages as usize).sum())
        .threads()
        .input("numbers", numbers)
        .fixed()
        .quick([4_096])
        .standard([65_536])
        .input("ticks", ticks)
        .fixed()
        .standard([32_768])
        .input("two lines", two_lines)
        .fixed()
        .standard([16_384])
        .input("answered", answered)
        .needs(two_cores)
        .fixed()
        .quick([64])
        .input("quiet", quiet)
        .fixed()
        .quick([8])
        .edges(edges::edges)
        .limit(Limit::Handovers(ways))
}

fn main() {
    bench(RUNGS)
        .claim("ring", "numbers", 65_536, Faster)
        .claim("optimized", "numbers", 65_536, Faster)
        .claim("optimized", "ticks", 32_768, Faster)
        .claim("optimized", "answered", 64, Faster)
        .claim("optimized", "quiet", 8, DoesNotPay)
        .claim("mpsc", "two lines", 16_384, Faster)
        .claim("flume", "two lines", 16_384, Faster)
        .claim("stamped_slots", "two lines", 16_384, Faster)
        .over("mpsc")
        .claim("optimized", "two lines", 16_384, Faster)
        .over("stamped_slots")
        .claim("cached", "numbers", 65_536, Faster)
        .over("padded")
        .claim("optimized", "numbers", 65_536, Faster)
        .over("cached")
        .claim("optimized", "ticks", 32_768, Faster)
        .over("cached")
        .main();
}
