//! Bench.

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
        .input("a thousand rows", many_rows)
        .rotating(1 << 6)
        .quick([16])
        .input("a millisecond each", long_handlers)
        .rotating(1 << 4)
        .standard([8])
        .edges(edges::edges)
}

fn main() {
    bench(RUNGS)
        .claim("level", "one thread", 500, Faster)
        .claim("optimized", "a millisecond each", 8, DoesNotPay)
        .main();
}
