//! Three hundred messages are enough that nothing but hand-overs counts; sixteen are so few that
//! getting two threads together does. A stream of four hundred thousand fills the ring many times.
//! A tick is one call, of which the slowest matter.
//!
//! Threads live as long as the input, and no branch depends on a message: one input is enough.
//! Nothing is claimed of pins over the system's own choice but that they do not pay: where cores
//! are idle, it finds two by itself, and where none are, a pin does not make one. What they are
//! for shows in the slowest of many ticks, which no claim can be about.
//!
//! The limit is a line that travels to the other core and one that comes back, for each message
//! that is answered; in a stream lines overlap, and a tick has none.

use cpu_affinity::{Answer, Job, RUNGS, Work, edges, sleeping, spinning, stream, ticks};
use harness::{Bench, DoesNotPay, Faster, Limit, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Answer>]) -> Bench<Job, Answer> {
    Bench::new(rungs)
        .item("message")
        .substance(|answer| answer.handled)
        .free_threads()
        .input("spinning", spinning)
        .fixed()
        .quick([16, 300])
        .input("sleeping", sleeping)
        .fixed()
        .quick([32])
        .input("stream", stream)
        .fixed()
        .quick([10_000])
        .standard([400_000])
        .input("ticks", ticks)
        .fixed()
        .quick([1])
        .tail("ticks", 1)
        .edges(edges::edges)
        .limit(Limit::Handovers(handovers))
}

/// Lines that have to travel one after the other.
fn handovers(job: &Job) -> usize {
    match job.stages.work {
        Work::PingPong => 2 * job.stages.messages.len(),
        Work::Stream | Work::Ticks => 0,
    }
}

fn main() {
    bench(RUNGS)
        .claim("same_core", "spinning", 300, DoesNotPay)
        .claim("pinned", "spinning", 300, Faster)
        .over("same_core")
        .claim("optimized", "spinning", 16, Faster)
        .over("pinned")
        .claim("optimized", "ticks", 1, Faster)
        .over("pinned")
        .claim("pinned", "sleeping", 32, DoesNotPay)
        .claim("same_core", "sleeping", 32, Faster)
        .over("pinned")
        .claim("optimized", "stream", 400_000, DoesNotPay)
        .over("pinned")
        .main();
}
