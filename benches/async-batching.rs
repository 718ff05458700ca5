//! Sizes.

use async_batching::{CALLS, Job, RUNGS, Report, edges, far, heavy, in_flight, near};
use harness::{Bench, DoesNotPay, Faster, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Report>]) -> Bench<Job, Report> {
    Bench::new(rungs)
        .item("call")
        .substance(|report| report.values.iter().flatten().count())
        .threads()
        .input("a millisecond away", far)
        .fixed()
        .quick([8])
        .standard([10_000])
        .input("at once", near)
        .fixed()
        .quick([1_000])
        .input("long to read", heavy)
        .fixed()
        .standard([1_000])
        .input("in flight", in_flight)
        .across("in flight at once", "", CALLS)
        .fixed()
        .standard([64, 1_024])
        .edges(edges::edges)
}

fn main() {
    bench(RUNGS)
        .claim("chunks", "at once", 1_000, Faster)
        .claim("buffer_unordered", "a millisecond away", 8, DoesNotPay)
        .main();
}
