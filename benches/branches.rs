//! Rows in random order: whether one is wanted is the toss of a coin whose bias varies. 65,536 rows
//! fit into an L2 cache with what is kept of them. Eight such scans take turns, half a million
//! tosses, which no predictor learns by heart. A share of 0 or 100 % is always guessed right.
//!
//! Half of the rows, at other sizes: four are fewer than a vector of AVX2; 4,000,000 are 16 MB to
//! read and half as much to write. Result vectors are made and dropped within the timed region,
//! because `collect` makes one. Only what is read counts as the limit.
//!
//! Whether AVX-512 gains over AVX2 is no claim: it saves a table, and what that is worth depends on
//! the processor.

use branches::{Query, ROWS, RUNGS, edges, half, share};
use harness::{Bench, DoesNotPay, Faster, Limit, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Query, Vec<u32>>]) -> Bench<Query, Vec<u32>> {
    Bench::new(rungs)
        .item("row")
        .substance(Vec::len)
        .input("share", share)
        .across("of the rows selected", " %", ROWS)
        .rotating(1 << 19)
        .quick([0, 5, 50, 95, 100])
        .standard([1, 20, 80, 99])
        .input("half", half)
        .rotating(1 << 19)
        .quick([4, 1_000, 1_000_000])
        .standard([4_000_000])
        .full([20_000_000])
        .edges(edges::edges)
        .limit(Limit::Read(Query::bytes))
}

fn main() {
    bench(RUNGS)
        .claim("branchless", "share", 0, DoesNotPay)
        .claim("branchless", "share", 50, Faster)
        .claim("avx2", "share", 50, Faster)
        .claim("optimized", "share", 50, Faster)
        .claim("optimized", "share", 95, Faster)
        .claim("optimized", "half", 1_000_000, Faster)
        .claim("optimized", "half", 4_000_000, Faster)
        .claim("optimized", "half", 4, DoesNotPay)
        .claim("avx2", "share", 50, Faster)
        .over("branchless")
        .claim("optimized", "share", 50, Faster)
        .over("avx512")
        .main();
}
