//! Log lines go to a file in memory, so that the way to the kernel is what is measured. One line is
//! what a quiet service says at a time; a thousand fill a batch and a half; a hundred thousand
//! leave every private cache. Bodies of requests are as long as a batch, and one call each is all
//! there is to save.

use batching::{RUNGS, bodies, bytes, input};
use harness::{AtLeast, Bench, DoesNotPay, Limit};

fn main() {
    Bench::new(RUNGS)
        .item("line")
        .input("log lines", input)
        .quick([1, 100, 1_000, 10_000])
        .standard([100_000])
        .full([500_000])
        .input("bodies of 64 KiB and more", bodies)
        .rotating(64)
        .quick([16])
        .limit(Limit::Copy(|lines| bytes(lines)))
        .claim("optimized", "log lines", 10_000, AtLeast(12.0))
        .claim("optimized", "log lines", 100_000, AtLeast(10.0))
        .claim("vectored", "log lines", 10_000, AtLeast(4.0))
        .claim("optimized", "log lines", 1, DoesNotPay)
        .claim("optimized", "bodies of 64 KiB and more", 16, DoesNotPay)
        .main();
}
