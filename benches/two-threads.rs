//! Two threads and then one, which has nobody to wait for. Threads live for a call, so that there
//! must be many events before counting them shows. The later half of the events is the longer one:
//! that threads are given unequal work is a rung of its own, because a time line shows it, and
//! because mending it hardly pays.
//!
//! Both cores must be idle. There is no limit here that would be honest: what binds is the way of a
//! line from core to core, and the last rung removes it.

use harness::{Bench, DoesNotPay, Faster, Rung};
use two_threads::{RUNGS, Report, Stream, edges, one_thread, two_threads};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Stream, Report>]) -> Bench<Stream, Report> {
    Bench::new(rungs)
        .item("event")
        .substance(|report| report.bytes as usize)
        .threads()
        .input("two threads", two_threads)
        .quick([100, 20_000])
        .standard([100_000])
        .input("one thread", one_thread)
        .quick([20_000])
        .edges(edges::edges)
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "two threads", 20_000, Faster)
        .claim("decoy", "two threads", 20_000, DoesNotPay)
        .claim("optimized", "two threads", 20_000, Faster)
        .over("decoy")
        .main();
}
