//! Square matrices: 4 is smaller than any block, 64 and its transpose fit into the first level or
//! nearly, 256 into L2, 1,000 into L3, and 4,096 into no cache. 1,000 and 1,024 hold nearly the
//! same number of values, as do 4,096 and 4,097, and yet the power of two is another world: its
//! columns fall into a few sets of each cache. 2,048 and 3,000 lie between and are left to a full
//! run. No branch depends on a value, so one recording is turned over and over, into the same
//! target: pages that are touched for the first time would cost more than the job.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use matrix_transpose::{RUNGS, Recording, Traces, edges, input, same_bits};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Recording, Traces>]) -> Bench<Recording, Traces> {
    Bench::within(rungs, same_bits)
        .item("element")
        .substance(|traces| traces.iter().filter(|sample| **sample != 0.0).count())
        .input("square", input)
        .side("rows and columns", 2)
        .fixed()
        .quick([4, 64, 256, 1_000, 1_024])
        .standard([4_096, 4_097])
        .full([2_048, 3_000])
        .beyond("square", 4_096)
        .beyond("square", 4_097)
        .edges(edges::edges)
        .limit(Limit::Copy(Recording::bytes))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "square", 4_097, Faster)
        .claim("optimized", "square", 4, DoesNotPay)
        .claim("tiles", "square", 4, DoesNotPay)
        .claim("registers", "square", 64, Faster)
        .claim("optimized", "square", 256, Faster)
        .claim("optimized", "square", 1_000, Faster)
        .claim("optimized", "square", 1_024, Faster)
        .claim("optimized", "square", 2_048, Faster)
        .claim("optimized", "square", 3_000, Faster)
        .claim("optimized", "square", 4_096, Faster)
        .claim("tiles", "square", 1_024, Faster)
        .claim("recursive", "square", 4_097, Faster)
        .over("tiles")
        .claim("registers", "square", 64, Faster)
        .over("recursive")
        .claim("optimized", "square", 1_024, Faster)
        .over("registers")
        .main();
}
