//! Every request is told of as it comes, so the sizes only say how long the service runs: 500
//! requests are enough that making a subscriber does not show, and few enough that the text of
//! naive stays in the caches. The handler's own work is the same machine code for all rungs, and
//! part of every time.
//!
//! One thread shows what a span costs; two add the lines and locks that they share, and nothing is
//! claimed of more. Where one trace in 64 is looked at, naive writes all of them all the same, as a
//! service does whose reader draws the sample. Four thousand rows make counting the work. In a
//! handler of a millisecond and more there is nothing to gain.
//!
//! Every sink is memory, and is filled from nothing in each call. The crew's threads live as long
//! as an input, so few inputs take turns. There is no limit: what no rung can undercut is the
//! handler itself and two readings of the clock for each span, and neither is a count that a limit
//! has a price for.

use harness::{Bench, DoesNotPay, Faster, Rung};
use observability::{Job, RUNGS, Seen, edges};
use observability::{long_handlers, many_rows, one_in_64, one_thread, two_threads};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Seen>]) -> Bench<Job, Seen> {
    Bench::new(rungs)
        .item("request")
        .substance(|seen| seen.totals.requests.iter().sum::<u64>() as usize)
        .threads()
        .input("one thread", one_thread)
        .rotating(1 << 11)
        .quick([500])
        .input("two threads", two_threads)
        .rotating(1 << 11)
        .quick([500])
        .input("one trace in 64", one_in_64)
        .rotating(1 << 11)
        .quick([500])
        .input("four thousand rows", many_rows)
        .rotating(1 << 5)
        .quick([8])
        .input("a millisecond each", long_handlers)
        .rotating(1 << 4)
        .standard([8])
        .edges(edges::edges)
}

fn main() {
    bench(RUNGS)
        .claim("level", "one thread", 500, Faster)
        .claim("optimized", "one thread", 500, Faster)
        .claim("optimized", "two threads", 500, Faster)
        .claim("handles", "four thousand rows", 8, Faster)
        .over("level")
        .claim("per_thread", "four thousand rows", 8, Faster)
        .over("handles")
        .claim("sampled", "one trace in 64", 500, Faster)
        .over("per_thread")
        .claim("records", "one thread", 500, Faster)
        .over("sampled")
        .claim("optimized", "one thread", 500, Faster)
        .over("records")
        .claim("per_thread", "one thread", 500, DoesNotPay)
        .over("handles")
        .claim("sampled", "one thread", 500, DoesNotPay)
        .over("per_thread")
        .claim("optimized", "a millisecond each", 8, DoesNotPay)
        .main();
}
