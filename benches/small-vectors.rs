//! Building the lists is timed with the walk: what short lists cost is mostly their making and
//! dropping. 30,000 packages fill a private cache, 2,000,000 are beyond all of them. With
//! sixty-four needs each, few lists are short; there, fewer packages hold as many decisions, and
//! the rows of 30,000 are beyond a private cache.

use harness::{Bench, DoesNotPay, Faster, Limit, MemoryAtMost, Rung};
use small_vectors::{Index, RUNGS, UNAFFECTED, dense, edges, from_file, input};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Index, Vec<u32>>]) -> Bench<Index, Vec<u32>> {
    Bench::new(rungs)
        .item("package")
        .substance(|steps| steps.iter().filter(|steps| (1..UNAFFECTED).contains(*steps)).count())
        .input("three needs", input)
        .quick([16, 1_000, 30_000])
        .standard([100_000])
        .full([2_000_000])
        .input("sixty-four needs", dense)
        .rotating(1 << 13)
        .quick([1_000])
        .standard([30_000])
        .file("a list of edges: in each line, who needs whom", from_file)
        .beyond("three needs", 2_000_000)
        .edges(edges::edges)
        .limit(Limit::Read(Index::bytes))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "three needs", 100_000, Faster)
        .claim("inline", "three needs", 1_000, Faster)
        .claim("optimized", "three needs", 1_000, Faster)
        .claim("optimized", "three needs", 100_000, MemoryAtMost(0.5))
        .claim("batches", "sixty-four needs", 1_000, DoesNotPay)
        .over("compressed")
        .claim("bottom_up", "sixty-four needs", 1_000, Faster)
        .over("compressed")
        .claim("bottom_up", "three needs", 1_000, DoesNotPay)
        .over("compressed")
        .claim("optimized", "sixty-four needs", 1_000, Faster)
        .over("compressed")
        .claim("branchless", "three needs", 1_000, Faster)
        .over("compressed")
        .claim("compressed", "sixty-four needs", 1_000, Faster)
        .over("inline")
        .main();
}
