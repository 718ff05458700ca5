//! x

use harness::{AtLeast, Bench, DoesNotPay, Limit};
use hashing::{RUNGS, all_new, input, read};

fn main() {
    Bench::new(RUNGS)
        .item("word")
        .input("prose", input)
        .quick([1_000, 100_000])
        .standard([500_000])
        .full([10_000_000])
        .input("all new", all_new)
        .quick([10_000])
        .full([1_000_000])
        .file(read)
        .limit(Limit::Read(String::len))
        .claim("optimized", "prose", 100_000, AtLeast(4.0))
        .main();
}
