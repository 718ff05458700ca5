//! Trips between 128 towns, which make 16,384 pairs: among 16 trips hardly any pair comes twice,
//! among 262,144 nearly all have come before. Trips to the next town, each from another one, repeat
//! nothing and are quickly answered. A search decides branches by the hundred, so a short rotation
//! is enough. There is no limit here that would be honest: answers must be written, but that is
//! little beside a search, and how many searches a batch needs is what the rungs differ in.

use harness::{Bench, DoesNotPay, Faster, Rung};
use memoization::{Batch, RUNGS, edges, from_file, input, next_town};

/// On which inputs rungs are measured.
pub fn bench(rungs: &'static [Rung<Batch, Vec<u32>>]) -> Bench<Batch, Vec<u32>> {
    Bench::new(rungs)
        .item("trip")
        .substance(|answers| answers.iter().filter(|answer| **answer > 0).count())
        .input("Zipf", input)
        .rotating(1 << 13)
        .quick([16, 256, 2_048])
        .standard([16_384])
        .full([262_144])
        .input("next town, once", next_town)
        .rotating(1 << 13)
        .quick([1_024])
        .file("pairs of places, one trip per line", from_file)
        .edges(edges::edges)
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "Zipf", 16_384, Faster)
        .claim("optimized", "Zipf", 2_048, Faster)
        .claim("answers", "Zipf", 16_384, Faster)
        .claim("answers", "next town, once", 1_024, DoesNotPay)
        .claim("optimized", "next town, once", 1_024, DoesNotPay)
        .claim("optimized", "Zipf", 16_384, Faster)
        .over("bounded")
        .claim("bounded_searches", "Zipf", 16_384, Faster)
        .claim("bounded_searches", "next town, once", 1_024, DoesNotPay)
        .claim("bounded_searches", "next town, once", 1_024, Faster)
        .over("optimized")
        .claim("bounded_searches", "next town, once", 1_024, Faster)
        .over("peer")
        .main();
}
