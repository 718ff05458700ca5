//! The index has 256 MiB, made once below the build's folder; a full run makes one of 1 GiB.

use harness::{Bench, DoesNotPay, Faster, Rung};
use kernel_bypass_io::service::Sums;
use kernel_bypass_io::{Job, RECORDS, RUNGS, cached, cached_scan, cold, cold_scan, edges};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Sums>]) -> Bench<Job, Sums> {
    Bench::new(rungs)
        .item("record")
        .substance(Vec::len)
        .threads()
        .input("cold", cold)
        .across("reads under way", "", RECORDS)
        .rotating(16 * RECORDS)
        .quick([1, 64])
        .standard([8])
        .input("cached", cached)
        .rotating(16 * RECORDS)
        .quick([64])
        .input("a scan, cold", cold_scan)
        .standard([2_048])
        .full([1 << 18])
        .input("a scan, cached", cached_scan)
        .standard([2_048])
        .edges(edges::edges)
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "cold", 64, Faster)
        .claim("optimized", "cached", 64, DoesNotPay)
        .main();
}
