//! Sizes.

use harness::{Bench, DoesNotPay, Faster, Rung};
use lock_free_queues::feed::Seen;
use lock_free_queues::{Job, RUNGS, answered, edges, numbers, quiet, ticks, two_lines};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Seen>]) -> Bench<Job, Seen> {
    Bench::new(rungs)
        .item("message")
        .substance(|seen| seen.book.lines.iter().map(|came| came.messages as usize).sum())
        .threads()
        .input("numbers", numbers)
        .fixed()
        .quick([16_384])
        .standard([131_072])
        .input("ticks", ticks)
        .fixed()
        .standard([65_536])
        .input("two lines", two_lines)
        .fixed()
        .standard([32_768])
        .input("answered", answered)
        .fixed()
        .quick([64])
        .input("quiet", quiet)
        .fixed()
        .quick([16])
        .edges(edges::edges)
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "numbers", 131_072, Faster)
        .claim("optimized", "quiet", 16, DoesNotPay)
        .main();
}
