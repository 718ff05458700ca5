//! Log lines go to a file in memory, so that the way to the kernel is what is measured. One line is
//! what a quiet service says at a time, ten what it says of one request; a thousand fill a batch
//! and a half; fifty thousand leave every private cache. Bodies of requests are as long as a batch,
//! and one call each is all there is to save. So few inputs take turns that lines come from a
//! cache, as those do that were just formatted. The peer has a thread of its own, on another core.
//!
//! The last distribution varies the size of the optimized rung's batches, over ten thousand lines,
//! from what no buffer is smaller than to what leaves the private caches. The others do not know
//! of it.

use batching::{Job, LINES, RUNGS, Written, bodies, bytes, edges, in_batches, input};
use harness::{Bench, DoesNotPay, Faster, Limit, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Written>]) -> Bench<Job, Written> {
    Bench::new(rungs)
        .item("line")
        .threads()
        .substance(|written| written.content().map_or(0, |bytes| bytes.len()))
        .input("log lines", |n, seed| input(n, seed).into())
        .rotating(1 << 13)
        .quick([10, 1_000, 10_000])
        .standard([50_000])
        .full([250_000])
        .input("a line alone", |n, seed| input(n, seed).into())
        .rotating(1 << 8)
        .quick([1])
        .input("bodies of 64 KiB and more", |n, seed| bodies(n, seed).into())
        .rotating(64)
        .quick([16])
        .input("size of a batch", in_batches)
        .across("in a batch", " KiB", LINES)
        .rotating(1 << 13)
        .quick([4, 16, 64, 256, 1_024])
        .edges(edges::edges)
        .limit(Limit::Copy(|job| bytes(&job.lines)))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "log lines", 10_000, Faster)
        .claim("optimized", "log lines", 50_000, Faster)
        .claim("vectored", "log lines", 10_000, Faster)
        .claim("optimized", "a line alone", 1, DoesNotPay)
        .claim("optimized", "bodies of 64 KiB and more", 16, DoesNotPay)
        .claim("buffered", "log lines", 10_000, Faster)
        .claim("optimized", "log lines", 50_000, Faster)
        .over("vectored")
        .claim("optimized", "size of a batch", 64, Faster)
        .over("buffered")
        .main();
}
