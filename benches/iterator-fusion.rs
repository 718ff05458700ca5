//! Hourly means over a probe's readings. 16 and 1,000 readings leave the tables between stages in
//! the first-level cache; at 200,000 they leave the private caches; 1,000,000 readings are three
//! megabytes, but the tables are fresh memory from the system in every call. Unplugged, the first
//! stage leaves nothing for which a table would be filled. A fault or spike decides a branch for
//! one reading in sixteen, so the rotation holds half a million readings.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use iterator_fusion::{Mean, RUNGS, Recording, edges, from_file, input, unplugged};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Recording, Vec<Mean>>]) -> Bench<Recording, Vec<Mean>> {
    Bench::new(rungs)
        .item("reading")
        .substance(Vec::len)
        .input("one fault in twenty", input)
        .rotating(1 << 19)
        .quick([16, 1_000, 30_000, 200_000])
        .standard([1_000_000])
        .full([10_000_000])
        .input("unplugged", unplugged)
        .quick([200_000])
        .file("degrees Celsius, one per line; or degrees and status, 0 for a good reading; or hour, degrees and status, the hours ascending", from_file)
        .edges(edges::edges)
        .limit(Limit::Read(Recording::bytes))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "one fault in twenty", 1_000_000, Faster)
        .claim("fused", "one fault in twenty", 1_000_000, Faster)
        .claim("for_each", "one fault in twenty", 1_000_000, Faster)
        .claim("optimized", "one fault in twenty", 1_000, Faster)
        .claim("optimized", "unplugged", 200_000, Faster)
        .claim("optimized", "one fault in twenty", 1_000_000, Faster)
        .over("for_each")
        .claim("branchless", "unplugged", 200_000, DoesNotPay)
        .claim("chunks", "one fault in twenty", 200_000, Faster)
        .over("branchless")
        .claim("narrow", "one fault in twenty", 200_000, Faster)
        .over("chunks")
        .claim("lanes", "one fault in twenty", 200_000, Faster)
        .over("narrow")
        .main();
}
