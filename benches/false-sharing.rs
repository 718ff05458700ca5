//! Two workers count in each call, and sleep between calls. To wake one takes as long as thousands
//! of requests: with 100 there is little else, and at 1,000,000 it no longer shows. No larger size
//! would say more, since the counters stay as small as they are. One worker alone has nobody to
//! share a line with. On a machine with two cores, "every core" repeats the first distribution.
//!
//! Both cores must be idle. If another program holds one, the workers take turns on the other,
//! share its cache, and all layouts are alike.
//!
//! There is no limit here that would be honest. Reading the requests is bounded by what one core
//! can stream, and here are several; naive time over cores is what padding beats. What binds is the
//! way of a line from core to core, and the technique removes it.

use false_sharing::load::{Load, Totals};
use false_sharing::{RUNGS, edges, every_core, one_worker, two_workers};
use harness::{Bench, DoesNotPay, Faster, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Load, Vec<Totals>>]) -> Bench<Load, Vec<Totals>> {
    Bench::new(rungs)
        .item("request")
        .substance(|totals| totals.iter().map(|totals| totals.bytes as usize).sum())
        .threads()
        .input("two workers", two_workers)
        .quick([100, 30_000, 200_000])
        .standard([1_000_000])
        .full([4_000_000])
        .input("one worker", one_worker)
        .quick([200_000])
        .input("every core", every_core)
        .full([1_000_000])
        .edges(edges::edges)
}

fn main() {
    bench(RUNGS)
        .claim("cache_line", "two workers", 1_000_000, Faster)
        .claim("optimized", "two workers", 200_000, Faster)
        .claim("optimized", "two workers", 1_000_000, Faster)
        .claim("optimized", "two workers", 100, DoesNotPay)
        .over("cache_line")
        .claim("cache_line", "one worker", 200_000, DoesNotPay)
        .claim("two_lines", "one worker", 200_000, DoesNotPay)
        .claim("single_writer", "one worker", 200_000, Faster)
        .over("two_lines")
        .claim("branch_free", "one worker", 200_000, Faster)
        .over("single_writer")
        .claim("optimized", "one worker", 200_000, Faster)
        .over("branch_free")
        .main();
}
