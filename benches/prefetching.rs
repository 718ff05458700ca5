//! One table, and the batches of a log that take turns: half a million addresses, so that no batch
//! finds what it needs where it left it. 16 blocks are a single cache line, 16,384 fill an L2 cache
//! a little, 1,048,576 fill several; a table of 2^26 (256 MiB) is beyond any cache.
//!
//! Each address needs a line of the table that nothing has fetched before. Cores keep sixteen to
//! some two dozen such misses under way, so the limit is one latency for every two dozen addresses.
//!
//! Without AVX-512, `optimized` is `avx2`, and the claim over that breaks: so it should.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use prefetching::{BATCH, Lookups, RUNGS, edges, input};

/// Cache misses that a core may have under way at once, at the upper end of what is built.
const UNDER_WAY: usize = 24;

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Lookups, Vec<u32>>]) -> Bench<Lookups, Vec<u32>> {
    Bench::new(rungs)
        .item("address")
        .substance(|found| found.iter().filter(|answer| **answer > 0).count())
        .input("log", input)
        .across("blocks in the table", "", BATCH)
        .rotating(1 << 19)
        .quick([16, 1_024, 1 << 14, 1 << 20])
        .standard([1 << 23, 1 << 26])
        .beyond("log", 1 << 26)
        .edges(edges::edges)
        .limit(Limit::Accesses {
            count: |lookups| lookups.addresses.len().div_ceil(UNDER_WAY),
            within: Lookups::bytes,
        })
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "log", 1 << 26, Faster)
        .claim("eytzinger", "log", 1 << 14, DoesNotPay)
        .claim("s_tree", "log", 16, DoesNotPay)
        .claim("batches", "log", 16, DoesNotPay)
        .claim("eytzinger", "log", 1 << 26, Faster)
        .claim("batches", "log", 1 << 26, Faster)
        .claim("avx2", "log", 1 << 20, Faster)
        .claim("optimized", "log", 1 << 20, Faster)
        .claim("optimized", "log", 1 << 20, Faster)
        .over("avx2")
        .claim("interleaved", "log", 67_108_864, Faster)
        .claim("batches", "log", 67_108_864, Faster)
        .over("s_tree")
        .claim("avx2", "log", 1_048_576, Faster)
        .over("batches")
        .claim("eytzinger", "log", 1_048_576, DoesNotPay)
        .over("interleaved")
        .claim("huge_pages", "log", 1 << 26, Faster)
        .claim("huge_pages", "log", 1 << 14, DoesNotPay)
        .claim("huge_tree", "log", 1 << 14, DoesNotPay)
        .over("optimized")
        .claim("top_bits", "log", 1_048_576, Faster)
        .over("interleaved")
        .main();
}
