//! The same day as 72 bytes a row and as 16. 100 rows lie in a first-level cache either way, 2,000
//! in a second-level one, 30,000 in it only in 24 bytes or 16; 300,000 fit a third-level cache of
//! 32 MiB, 1,000,000 again only in 24 bytes or 16, 3,000,000 not at all. The window's two edges are
//! the only branches that depend on a row, but for the seldom slower one: the input is fixed, so
//! that what is small is warm. In five minutes of the day are hardly any rows, and 2,000 are two
//! blocks: a maximum of each says next to nothing.

use harness::{Bench, DoesNotPay, Faster, Limit, MemoryAtMost, Rung};
use struct_packing::report::Report;
use struct_packing::{Log, RUNGS, edges, five_minutes, one_day};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Log, Report>]) -> Bench<Log, Report> {
    Bench::new(rungs)
        .item("row")
        .substance(|report| report.totals.requests as usize)
        .input("one day", one_day)
        .fixed()
        .quick([100, 2_000, 30_000, 300_000])
        .standard([1_000_000])
        .full([3_000_000])
        .beyond("one day", 3_000_000)
        .input("five minutes", five_minutes)
        .fixed()
        .quick([2_000, 30_000])
        .edges(edges::edges)
        .limit(Limit::Read(Log::packed_bytes))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "one day", 1_000_000, Faster)
        .claim("indices", "one day", 1_000_000, Faster)
        .claim("optimized", "one day", 1_000_000, MemoryAtMost(0.223))
        .claim("words", "one day", 100, DoesNotPay)
        .claim("peer", "one day", 2_000, DoesNotPay)
        .claim("narrow", "one day", 300_000, Faster)
        .claim("niches", "one day", 300_000, Faster)
        .over("narrow")
        .claim("indices", "one day", 1_000_000, Faster)
        .over("niches")
        .claim("words", "one day", 1_000_000, Faster)
        .over("indices")
        .claim("recompiled", "five minutes", 30_000, DoesNotPay)
        .over("words")
        .claim("maxima", "one day", 1_000_000, Faster)
        .over("recompiled")
        .claim("optimized", "one day", 30_000, Faster)
        .over("maxima")
        .claim("maxima", "five minutes", 2_000, DoesNotPay)
        .over("recompiled")
        .main();
}
