//! The same questions of few readings and of many. 20,000 fill a large second-level cache, or come
//! from the third: there the branch is what costs most, and to do without it pays. 600,000 come
//! from memory, and once for each limit: there it pays to let them come once, branch and all. To do
//! without the branch alone does not: then the tariff of every reading is read, on a line of its
//! own. So one branch stays in the best that we know, on the highest limit: it spares that line.

use changing_scan::{Query, RUNGS, Reading, Tally, edges, readings};
use harness::{Bench, DoesNotPay, Faster, Limit, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Query, Vec<Tally>>]) -> Bench<Query, Vec<Tally>> {
    Bench::new(rungs)
        .item("reading")
        .substance(|tallies| tallies.iter().flatten().map(|&count| count as usize).sum())
        .input("readings", readings)
        .quick([100, 20_000])
        .standard([600_000])
        .beyond("readings", 600_000)
        .edges(edges::edges)
        .limit(Limit::Read(|query| size_of_val::<[Reading]>(&query.readings)))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "readings", 600_000, Faster)
        .claim("decoy", "readings", 20_000, Faster)
        .claim("decoy", "readings", 600_000, DoesNotPay)
        .claim("one_pass", "readings", 600_000, Faster)
        .over("decoy")
        .claim("optimized", "readings", 600_000, Faster)
        .over("decoy")
        .claim("optimized", "readings", 600_000, Faster)
        .over("lanes")
        .main();
}
