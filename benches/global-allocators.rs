//! Each rung is a process with another allocator, asked through a pipe. A call must take long
//! against the way there and back, so that the smallest size is 1,000 requests. What is kept grows
//! with the number of requests, from what fits into a private cache to what, in a full run, fits
//! into none. Requests that hardly allocate show what no allocator can improve. Nothing rotates:
//! the workers make the requests anew from the seed, some ten thousand random sizes in a call.
//! No call waits as long as an allocator does before it gives pages back: what that costs, a rung
//! shows that does not wait.

use global_allocators::{Answer, RUNGS, Work, agree, arithmetic, edges, handover, requests};
use harness::{Bench, DoesNotPay, Faster, Limit, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Work, Answer>]) -> Bench<Work, Answer> {
    Bench::within(rungs, agree)
        .item("request")
        .substance(|answer| usize::from(*answer != Ok(0)))
        .threads()
        .input("requests", requests)
        .fixed()
        .quick([1_000, 4_000])
        .standard([16_000])
        .full([32_000, 250_000])
        .input("made here, dropped there", handover)
        .fixed()
        .quick([2_000])
        .standard([16_000])
        .input("few allocations", arithmetic)
        .fixed()
        .quick([5_000])
        .beyond("requests", 250_000)
        .edges(edges::edges)
        .limit(Limit::Copy(Work::bytes))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "requests", 4_000, Faster)
        .claim("peer", "requests", 4_000, Faster)
        .claim("tcmalloc", "requests", 4_000, Faster)
        .claim("jemalloc", "requests", 4_000, Faster)
        .claim("tcmalloc", "requests", 16_000, Faster)
        .over("jemalloc")
        .claim("tcmalloc", "few allocations", 5_000, DoesNotPay)
        .claim("optimized", "requests", 16_000, Faster)
        .claim("keep_pages", "requests", 1_000, DoesNotPay)
        .claim("optimized", "few allocations", 5_000, DoesNotPay)
        .claim("optimized", "requests", 4_000, Faster)
        .over("keep_pages")
        .claim("optimized", "requests", 4_000, Faster)
        .over("given_back")
        .claim("optimized", "requests", 16_000, Faster)
        .over("given_back")
        .claim("given_back", "few allocations", 5_000, DoesNotPay)
        .claim("keep_pages", "requests", 4_000, DoesNotPay)
        .main();
}
