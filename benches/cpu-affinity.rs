//! A thousand messages are enough that nothing but hand-overs counts; sixteen are so few that
//! getting two threads together does. A stream of a hundred thousand fills the ring many times. A
//! tick is one call, of which the slowest matter.
//!
//! Threads live as long as the input, and no branch depends on a message: one input is enough.

use cpu_affinity::{Answer, Job, RUNGS, edges, sleeping, spinning, stream, ticks};
use harness::{Bench, DoesNotPay, Faster, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Answer>]) -> Bench<Job, Answer> {
    Bench::new(rungs)
        .item("message")
        .substance(|answer| answer.handled)
        .threads()
        .input("spinning", spinning)
        .fixed()
        .quick([16, 1_000])
        .input("sleeping", sleeping)
        .fixed()
        .quick([100])
        .input("stream", stream)
        .fixed()
        .quick([100_000])
        .input("ticks", ticks)
        .fixed()
        .quick([1])
        .tail("ticks", 1)
        .edges(edges::edges)
}

fn main() {
    bench(RUNGS)
        .claim("same_core", "spinning", 1_000, DoesNotPay)
        .claim("pinned", "spinning", 1_000, Faster)
        .over("same_core")
        .claim("pinned", "spinning", 16, DoesNotPay)
        .claim("pinned", "stream", 100_000, DoesNotPay)
        .claim("optimized", "spinning", 16, Faster)
        .over("pinned")
        .claim("same_core", "sleeping", 100, Faster)
        .over("pinned")
        .main();
}
