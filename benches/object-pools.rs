//! Messages at a gateway, up to sixty-four at once. 8 of them mostly wait all at once, so that
//! nothing is there to be used again unless it was kept from before; 64 are about one burst; 10,000
//! are a server that has been running. Readings of at most 128 bytes are the small objects that an
//! allocator is made for; with 4 of them, a pool that starts empty hardly gets to hand out anything
//! twice.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use object_pools::{Answers, RUNGS, Traffic, edges, messages, readings};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Traffic, Answers>]) -> Bench<Traffic, Answers> {
    Bench::new(rungs)
        .item("message")
        .substance(Vec::len)
        .input("messages", messages)
        .rotating(2_048)
        .quick([8, 64, 512, 2_000])
        .standard([10_000])
        .full([100_000])
        .input("readings", readings)
        .rotating(65_536)
        .quick([4, 2_000])
        .edges(edges::edges)
        .limit(Limit::Copy(Traffic::bytes))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "messages", 2_000, Faster)
        .claim("thread_local", "messages", 512, Faster)
        .claim("unzeroed", "messages", 2_000, Faster)
        .claim("kept", "readings", 4, DoesNotPay)
        .claim("kept", "messages", 10_000, Faster)
        .over("unzeroed")
        .claim("thread_local", "messages", 512, Faster)
        .over("kept")
        .claim("slab", "readings", 2_000, Faster)
        .over("thread_local")
        .main();
}
