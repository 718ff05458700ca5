//! The best hundred of 100 documents are all of them, in order; of 10,000,000 they are almost none.
//! The second distribution varies the share that is wanted: at all of it there is nothing to leave
//! out. Documents that arrive best first are sorted already, and sorting notices.
//!
//! `optimized` is one of `avx512`, `avx2` and `undivided`: nothing is claimed of it over them.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use lazy_evaluation::{Query, RUNGS, VARIED, best_first, edges, input, share};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Query, Vec<u32>>]) -> Bench<Query, Vec<u32>> {
    Bench::new(rungs)
        .item("document")
        .substance(Vec::len)
        .input("the best hundred", input)
        .rotating(1 << 20)
        .quick([100, 1_000, 100_000])
        .standard([1_000_000])
        .full([10_000_000])
        .input("a share of them", share)
        .across("of the documents wanted", " %", VARIED)
        .quick([1, 10, 100])
        .standard([30])
        .full([3])
        .input("best first", best_first)
        .quick([100_000])
        .edges(edges::edges)
        .limit(Limit::Read(Query::bytes))
}

fn main() {
    bench(RUNGS)
        .claim("select", "the best hundred", 100_000, Faster)
        .claim("bounded_heap", "the best hundred", 1_000_000, Faster)
        .claim("optimized", "the best hundred", 100_000, Faster)
        .claim("optimized", "the best hundred", 1_000_000, Faster)
        .claim("integer_keys", "the best hundred", 1_000, Faster)
        .over("select")
        .claim("integer_keys", "a share of them", 100, Faster)
        .over("select")
        .claim("blocks", "the best hundred", 1_000_000, Faster)
        .over("bounded_heap")
        .claim("branchless", "the best hundred", 1_000, Faster)
        .over("blocks")
        .claim("undivided", "the best hundred", 1_000_000, Faster)
        .over("branchless")
        .claim("avx2", "the best hundred", 1_000_000, Faster)
        .over("undivided")
        .claim("avx512", "a share of them", 1, Faster)
        .over("avx2")
        .claim("avx512", "a share of them", 10, Faster)
        .over("avx2")
        .claim("bounded_heap", "the best hundred", 100, DoesNotPay)
        .claim("bounded_heap", "a share of them", 100, DoesNotPay)
        .claim("bounded_heap", "the best hundred", 1_000_000, Faster)
        .over("integer_keys")
        .main();
}
