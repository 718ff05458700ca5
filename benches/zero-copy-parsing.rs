//! Some 100 bytes a row: 2 rows show what a parser costs before it parses, 5,000 fit into a private
//! cache, 30,000 into a shared one, 1,000,000 into none. A row has dozens of branches of its own,
//! so the usual rotation is long enough. In "survey" every key is full of doubled quotes: nothing
//! can be borrowed, and whatever is searched for is near.
//!
//! The report (one owned string for each group, sorted) is made and dropped in the timed region, as
//! in the real job.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use zero_copy_parsing::{Export, RUNGS, Report, edges, from_file, input, survey};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Export, Report>]) -> Bench<Export, Report> {
    Bench::new(rungs)
        .item("row")
        .substance(|report| report.groups.len())
        .input("orders", input)
        .quick([2, 100, 5_000])
        .standard([30_000])
        .full([1_000_000])
        .input("survey", survey)
        .quick([5_000])
        .file("columns separated by tabs, commas, semicolons or spaces, one of them with whole numbers", from_file)
        .beyond("orders", 1_000_000)
        .edges(edges::edges)
        .limit(Limit::Read(Export::bytes))
}

fn main() {
    bench(RUNGS)
        .claim("borrow", "orders", 30_000, Faster)
        .claim("optimized", "orders", 30_000, Faster)
        .claim("optimized", "survey", 5_000, Faster)
        .claim("memchr", "survey", 5_000, DoesNotPay)
        .claim("peer", "orders", 2, DoesNotPay)
        .claim("simd_csv", "survey", 5_000, DoesNotPay)
        .claim("simd_csv", "orders", 30_000, Faster)
        .over("peer")
        .claim("index", "orders", 30_000, Faster)
        .over("memchr")
        .claim("foldhash", "orders", 30_000, Faster)
        .over("carryless")
        .claim("spelled", "survey", 5_000, Faster)
        .over("foldhash")
        .claim("optimized", "orders", 30_000, Faster)
        .over("spelled")
        .claim("memchr", "survey", 5_000, DoesNotPay)
        .over("borrow")
        .main();
}
