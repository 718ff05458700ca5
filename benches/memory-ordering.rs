//! The board is one pair of cache lines however many operations there are, so the sizes only say
//! how long it is used: from a new board for a few trades, where its making counts, to trades that
//! come from memory. Publishing is what orders change on x86-64; reading and counting are there to
//! show that they change nothing, and are timed by one thread alone. No branch depends on the data.
//!
//! `both` has a second thread that reads as fast as it can, which no monitor does. It sleeps
//! between calls, and the line with the board travels between two cores, if two are idle. If they
//! are not, the threads take turns, and it is `publish` again: one order of the sequence locks
//! holds in both.
//!
//! There is no limit: a publication is five stores to a line that the core owns, and nothing that
//! the machine page measures bounds those.

use harness::{Bench, DoesNotPay, Faster, Rung};
use memory_ordering::{Job, RUNGS, Seen, both, count, edges, publish, read};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Seen>]) -> Bench<Job, Seen> {
    Bench::new(rungs)
        .item("operation")
        .substance(|seen| (seen.totals.trades + seen.orders + seen.sum) as usize)
        .threads()
        .input("publish", publish)
        .quick([16, 1_000, 65_536])
        .standard([1_000_000])
        .full([10_000_000])
        .input("read", read)
        .quick([65_536])
        .input("count", count)
        .quick([65_536])
        .input("both", both)
        .standard([65_536])
        .edges(edges::edges)
}

fn main() {
    bench(RUNGS)
        .claim("sequence_lock", "publish", 65_536, DoesNotPay)
        .claim("optimized", "publish", 1_000, Faster)
        .claim("optimized", "publish", 65_536, Faster)
        .claim("sequence_lock", "read", 65_536, Faster)
        .claim("release_acquire", "count", 65_536, DoesNotPay)
        .claim("optimized", "count", 65_536, DoesNotPay)
        .claim("release_acquire", "publish", 65_536, Faster)
        .over("sequence_lock")
        .claim("single_writer", "both", 65_536, Faster)
        .over("release_acquire")
        .claim("optimized", "publish", 1_000, DoesNotPay)
        .over("single_writer")
        .claim("optimized", "read", 65_536, DoesNotPay)
        .over("sequence_lock")
        .main();
}
