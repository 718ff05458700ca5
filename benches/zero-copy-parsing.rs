//! Some 100 bytes a row: 2 rows show what a parser costs before it parses, 5,000 fit into a private
//! cache, 30,000 into a shared one, 1,000,000 into none. A row has dozens of branches of its own,
//! so the usual rotation is long enough. In "survey" every key is full of doubled quotes: nothing
//! can be borrowed, and whatever is searched for is near.
//!
//! The report (one owned string for each group, sorted) is made and dropped in the timed region, as
//! in the real job.

use harness::{AtLeast, Bench, DoesNotPay, Limit};
use zero_copy_parsing::{Export, RUNGS, from_file, input, survey};

fn main() {
    Bench::new(RUNGS)
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
        .limit(Limit::Read(Export::bytes))
        .claim("borrow", "orders", 30_000, AtLeast(2.0))
        .claim("optimized", "orders", 30_000, AtLeast(7.0))
        .claim("optimized", "survey", 5_000, AtLeast(3.0))
        .claim("memchr", "survey", 5_000, DoesNotPay)
        .claim("peer", "orders", 2, DoesNotPay)
        .main();
}
