//! A backend that answers a millisecond after it was asked, over one loopback connection: eight
//! calls, as one page needs them, and ten thousand, as a report does. A thousand and twenty-four
//! may be in flight: more than can begin in a millisecond one by one, and few enough that the
//! second thousand waits for the first. The backend that
//! answers at once leaves nothing but the processor's time to be seen.
//!
//! Answers that take long to read are work for all cores. Who reads them in one task has only one.
//! The last distribution varies how many of two thousand calls may be in flight: with few of them,
//! time is calls by latency over limit, whatever else is done.
//!
//! Runtimes, connection and backend live as long as the input, and only one input is timed: no
//! branch depends on its keys. The time of the processor is that of both ends. There is no limit
//! that the machine page measures: what bounds the calls is their latency, or what the kernel does
//! for each.

use async_batching::{CALLS, Job, RUNGS, Report, edges, far, heavy, in_flight, loopback, near};
use harness::{Bench, DoesNotPay, Faster, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Report>]) -> Bench<Job, Report> {
    Bench::new(rungs)
        .item("call")
        .substance(|report| report.values.iter().flatten().count())
        .threads()
        .input("a millisecond away", far)
        .needs(loopback)
        .fixed()
        .quick([8])
        .standard([10_000])
        .input("at once", near)
        .needs(loopback)
        .fixed()
        .quick([2_000])
        .input("long to read", heavy)
        .needs(loopback)
        .fixed()
        .standard([1_000])
        .input("few in flight", in_flight)
        .needs(loopback)
        .across("in flight at once", "", CALLS)
        .fixed()
        .standard([64, 256])
        .edges(edges::edges)
        .tail("a millisecond away", 8)
}

fn main() {
    bench(RUNGS)
        .claim("chunks", "a millisecond away", 10_000, Faster)
        .claim("optimized", "a millisecond away", 10_000, Faster)
        .claim("chunks", "at once", 2_000, Faster)
        .claim("join_all", "a millisecond away", 8, DoesNotPay)
        .claim("optimized", "a millisecond away", 8, DoesNotPay)
        .claim("join_all", "long to read", 1_000, DoesNotPay)
        .claim("chunks", "few in flight", 64, DoesNotPay)
        .claim("buffer_unordered", "a millisecond away", 10_000, DoesNotPay)
        .over("join_all")
        .claim("join_set", "long to read", 1_000, Faster)
        .over("buffer_unordered")
        .claim("yielding", "a millisecond away", 10_000, Faster)
        .over("coalesced")
        .claim("chunks", "at once", 2_000, Faster)
        .over("yielding")
        .claim("optimized", "long to read", 1_000, Faster)
        .over("chunks")
        .claim("compio", "a millisecond away", 10_000, DoesNotPay)
        .over("optimized")
        .claim("compio", "at once", 2_000, DoesNotPay)
        .over("optimized")
        .main();
}
