//! Say here.

use harness::{Bench, Faster, Rung};
use resource_monitoring::{Job, RUNGS, Sample, agree, asked_again, asked_once, edges, itself};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Sample>]) -> Bench<Job, Sample> {
    Bench::within(rungs, agree)
        .item("process")
        .substance(|sample| sample.usage.iter().flatten().count())
        .input("asked again", asked_again)
        .fixed()
        .quick([16])
        .standard([200])
        .input("asked once", asked_once)
        .fixed()
        .quick([16])
        .input("itself", itself)
        .fixed()
        .quick([1])
        .edges(edges::edges)
}

fn main() {
    bench(RUNGS).claim("optimized", "asked again", 16, Faster).main();
}
