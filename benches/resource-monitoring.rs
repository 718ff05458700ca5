//! Sixteen processes are the workers of a service, two hundred a busy machine. All wait while they
//! are looked at, so that every rung finds the same; an agent keeps what it has for the next
//! sample, as it would in a service. What is read is nearly the same each time in a service, too,
//! so that one input is enough.
//!
//! `asked once` is a command that takes one sample and ends: an agent is made for it and dropped,
//! and there is no later sample for which it would be worth keeping anything. `itself` is the
//! process that asks.
//!
//! Naive reads whatever runs on the machine, threads too. On one that has thousands of them, a call
//! takes longer than one of these scenarios is meant to.
//!
//! What bounds the job are calls into the system: one for each file, of which there are three for a
//! process. What the system then writes has no price on the machine page.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use resource_monitoring::{
    Job, RUNGS, Sample, agree, asked_again, asked_once, edges, itself, needs_proc,
};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Sample>]) -> Bench<Job, Sample> {
    Bench::within(rungs, agree)
        .item("process")
        .substance(|sample| sample.usage.iter().flatten().count())
        .input("asked again", asked_again)
        .needs(needs_proc)
        .fixed()
        .quick([16])
        .standard([200])
        .input("asked once", asked_once)
        .needs(needs_proc)
        .fixed()
        .quick([16])
        .input("itself", itself)
        .needs(needs_proc)
        .fixed()
        .quick([1])
        .edges(edges::edges)
        .limit(Limit::SystemCalls(|job| 3 * (job.watched.len() + usize::from(job.itself))))
}

fn main() {
    bench(RUNGS)
        .claim("specifics", "asked again", 16, Faster)
        .claim("files", "asked again", 16, Faster)
        .over("specifics")
        .claim("one_read", "asked again", 16, Faster)
        .over("files")
        .claim("held", "asked again", 16, Faster)
        .over("one_read")
        .claim("held", "asked again", 200, Faster)
        .over("one_read")
        .claim("held", "asked once", 16, DoesNotPay)
        .over("one_read")
        .claim("optimized", "asked again", 200, DoesNotPay)
        .over("bytes")
        .claim("optimized", "itself", 1, Faster)
        .over("bytes")
        .claim("optimized", "asked again", 200, Faster)
        .over("peer")
        .claim("optimized", "asked again", 200, Faster)
        .main();
}
