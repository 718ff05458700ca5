//! Three filters over a user table. 8 rows are far less than one word; 6,000,000 are beyond a
//! private cache even as bits. When nearly all rows match, the work is to write the answer, which
//! no layout of the question shortens. Only a few rows in each word decide a branch, so the
//! rotation is long.

use bitsets::{Index, RUNGS, edges, from_file, input, nearly_all, sparse};
use harness::{Bench, DoesNotPay, Faster, Limit, MemoryAtMost, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Index, Vec<u32>>]) -> Bench<Index, Vec<u32>> {
    Bench::new(rungs)
        .item("row")
        .substance(Vec::len)
        .input("one in thirty", input)
        .rotating(1 << 22)
        .quick([8, 1_000, 65_536, 1_000_000])
        .standard([6_000_000])
        .full([100_000_000])
        .input("nearly all", nearly_all)
        .quick([1_000_000])
        .input("sparse", sparse)
        .quick([1_000_000])
        .file("numbers, a row per line", from_file)
        .edges(edges::edges)
        .limit(Limit::Read(Index::word_bytes))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "one in thirty", 1_000_000, Faster)
        .claim("optimized", "one in thirty", 1_000_000, MemoryAtMost(0.125))
        .claim("optimized", "one in thirty", 8, DoesNotPay)
        .claim("one_bit", "nearly all", 1_000_000, DoesNotPay)
        .claim("one_bit", "one in thirty", 65_536, Faster)
        .claim("words", "nearly all", 1_000_000, Faster)
        .over("one_bit")
        .claim("eights", "sparse", 1_000_000, DoesNotPay)
        .over("words")
        .claim("blocks", "nearly all", 1_000_000, Faster)
        .over("eights")
        .claim("optimized", "one in thirty", 1_000_000, Faster)
        .over("words")
        .claim("optimized", "sparse", 1_000_000, Faster)
        .main();
}
