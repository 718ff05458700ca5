//! Log lines go to a file in memory, so that the way to the kernel is what is measured. One line is
//! what a quiet service says at a time, ten what it says of one request; a thousand fill a batch
//! and a half; fifty thousand leave every private cache. Bodies of requests are as long as a batch,
//! and one call each is all there is to save. The peer starts and ends a thread in each call, so
//! that few inputs take turns.

use batching::{RUNGS, Written, bodies, bytes, edges, input};
use harness::{Bench, DoesNotPay, Faster, Limit, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Vec<String>, Written>]) -> Bench<Vec<String>, Written> {
    Bench::new(rungs)
        .item("line")
        .substance(|written| written.content().map_or(0, |bytes| bytes.len()))
        .input("log lines", input)
        .rotating(1 << 13)
        .quick([10, 1_000, 10_000])
        .standard([50_000])
        .full([250_000])
        .input("a line alone", input)
        .rotating(1 << 8)
        .quick([1])
        .input("bodies of 64 KiB and more", bodies)
        .rotating(64)
        .quick([16])
        .edges(edges::edges)
        .limit(Limit::Copy(|lines| bytes(lines)))
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
        .main();
}
