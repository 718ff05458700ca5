//! Readings of a sensor. 2,000 fit a first-level cache, where arithmetic decides; 65,536
//! fill half of a second-level one; 10,000,000 come from memory, which no arithmetic makes faster.
//! Four are over before a vector is full. No branch depends on a reading, and samples just written
//! are warm in real life: the input is fixed.
//!
//! The limit is the bytes, which bind where it matters most. In the first-level cache the adders
//! bind before them.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use simd_statistics::{RUNGS, Statistics, agree, edges, from_file, input};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Vec<f64>, Statistics>]) -> Bench<Vec<f64>, Statistics> {
    Bench::within(rungs, agree)
        .item("sample")
        .substance(|statistics| statistics.count)
        .input("sea floor", input)
        .fixed()
        .quick([4, 100, 2_000, 65_536, 1_000_000])
        .standard([10_000_000])
        .full([50_000_000])
        .file("numbers, in reading order", from_file)
        .beyond("sea floor", 10_000_000)
        .beyond("sea floor", 50_000_000)
        .edges(edges::edges)
        .limit(Limit::Read(|samples| samples.len() * 8))
}

fn main() {
    bench(RUNGS)
        .claim("accumulators", "sea floor", 2_000, Faster)
        .claim("optimized", "sea floor", 2_000, Faster)
        .claim("optimized", "sea floor", 65_536, Faster)
        .claim("optimized", "sea floor", 10_000_000, Faster)
        .claim("fma", "sea floor", 4, DoesNotPay)
        .claim("avx512", "sea floor", 65_536, Faster)
        .over("fma")
        .claim("avx512", "sea floor", 4, DoesNotPay)
        .claim("portable_simd", "sea floor", 2_000, Faster)
        .claim("algebraic", "sea floor", 2_000, Faster)
        .claim("wide", "sea floor", 2_000, Faster)
        .over("accumulators")
        .claim("blocks", "sea floor", 10_000_000, Faster)
        .over("wide")
        .claim("fma", "sea floor", 65_536, Faster)
        .over("blocks")
        .main();
}
