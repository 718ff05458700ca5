//! Say here why these sizes: what fits in which cache, what a user's data looks like, and where the
//! idea should lose.

use harness::{Bench, DoesNotPay, Limit, Rung};
use observability::{RUNGS, edges, input};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Vec<u32>, u64>]) -> Bench<Vec<u32>, u64> {
    Bench::new(rungs)
        .item("value")
        .substance(|gap| usize::from(*gap > 0))
        .input("mixed sizes", input)
        .quick([16, 1_000, 30_000])
        .standard([300_000])
        .full([3_000_000])
        .edges(edges::edges)
        .limit(Limit::Read(|values| values.len() * 4))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "mixed sizes", 16, DoesNotPay)
        .main();
}
