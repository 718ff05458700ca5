//! 3 operands are one short rule, as a filter in a request is; 100 fill a page; 100,000 make trees
//! beyond the private caches, and 1,000,000 beyond all. Guesses go wrong about many tokens, so the
//! usual rotation is long enough. In one long list there is a single vector to grow, which an
//! allocator does best and a bump arena worst.
//!
//! Dropping the tree is part of the job: each rung gives back all that it took, but for what it
//! keeps on purpose. The limit is far away: a text is read much faster than it is understood. What
//! binds is wrong guesses, one after the other, and no limit expresses those.

use arenas::meaning::Summary;
use arenas::token::Error;
use arenas::{RUNGS, edges, from_file, one_list, rules};
use harness::{Bench, DoesNotPay, Faster, Limit, MemoryAtMost, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(
    rungs: &'static [Rung<String, Result<Summary, Error>>],
) -> Bench<String, Result<Summary, Error>> {
    Bench::new(rungs)
        .item("operand")
        .substance(|answer| answer.as_ref().map_or(0, |summary| summary.nodes as usize))
        .input("rules", rules)
        .quick([3, 100, 3_000])
        .standard([100_000])
        .full([1_000_000])
        .input("one list", one_list)
        .quick([30_000])
        .standard([300_000])
        .file("rules, `name = expression;`, over as many lines as they like; or, in a file without semicolons, one expression per line", from_file)
        .beyond("rules", 1_000_000)
        .edges(edges::edges)
        .limit(Limit::Read(|text| text.len()))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "rules", 100_000, Faster)
        .claim("index", "rules", 3_000, Faster)
        .claim("bump", "rules", 3_000, Faster)
        .claim("optimized", "rules", 3, Faster)
        .claim("optimized", "rules", 3_000, Faster)
        .claim("optimized", "rules", 3_000, MemoryAtMost(0.34))
        .claim("bump", "one list", 300_000, DoesNotPay)
        .claim("reset", "one list", 300_000, Faster)
        .over("bump")
        .claim("optimized", "rules", 100_000, Faster)
        .over("reset")
        .main();
}
