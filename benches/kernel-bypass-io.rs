//! The index has 256 MiB and lies below the folder that cargo builds in, made once and used again;
//! a full run makes another of 1 GiB. Sixty-four records of four KiB are wanted, here and there: as
//! many as a ring takes at once, and enough that one slow read does not make the call.
//!
//! `cold` begins each call with nothing of them in the page cache, and varies how many reads may be
//! under way: the device's latency is there in full at one, and hidden at sixty-four. `cached` is
//! the same with all of them in memory, as most reads of most programs are. A scan has the records
//! of 4 MiB one after another, which the system sees and reads ahead.
//!
//! Sixteen inputs take turns, or the device's own cache would know the records by heart. The limit
//! is what the machine program finds for the device with sixty-four reads under way; it says
//! nothing of what is cached, nor of scans, whose reads are large.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use kernel_bypass_io::cold::evict;
use kernel_bypass_io::service::Sums;
use kernel_bypass_io::{Job, RECORDS, RUNGS, cached, cached_scan, cold, cold_scan, edges, system};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Sums>]) -> Bench<Job, Sums> {
    Bench::new(rungs)
        .item("record")
        .substance(Vec::len)
        .threads()
        .input("cold", cold)
        .needs(system::cold)
        .cold(evict)
        .across("reads under way", "", RECORDS)
        .rotating(16 * RECORDS)
        .quick([1, 64])
        .full([4, 16])
        .tail("cold", 64)
        .input("cached", cached)
        .rotating(16 * RECORDS)
        .quick([64])
        .input("a scan, cold", cold_scan)
        .needs(system::cold)
        .cold(evict)
        .standard([1_024])
        .full([1 << 18])
        .input("a scan, cached", cached_scan)
        .standard([1_024])
        .edges(edges::edges)
        .limit(Limit::DeviceReads(Job::device_reads))
}

fn main() {
    bench(RUNGS)
        .claim("ring", "cold", 64, Faster)
        .claim("ring", "cold", 64, Faster)
        .over("direct")
        .claim("optimized", "cold", 64, Faster)
        .over("peer")
        .claim("optimized", "cold", 1, DoesNotPay)
        .over("direct")
        .claim("positioned", "cached", 64, Faster)
        .claim("mapped", "cached", 64, Faster)
        .over("positioned")
        .claim("uncached", "cached", 64, Faster)
        .over("ring")
        .claim("uncached", "cached", 64, DoesNotPay)
        .over("mapped")
        .claim("direct", "cached", 64, DoesNotPay)
        .claim("optimized", "cached", 64, DoesNotPay)
        .claim("optimized", "a scan, cached", 1_024, DoesNotPay)
        .claim("ring", "a scan, cold", 1_024, Faster)
        .over("direct")
        .main();
}
