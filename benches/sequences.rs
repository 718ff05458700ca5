//! On a good line each packet is written, sent, and gone. The sender's buffer grows with the number
//! of packets: with 1,000 it fits into the nearest cache in any form, with 500,000 the lists are
//! larger than the private caches. On a bad line packets wait, and go from one queue to the other
//! and back many times; lists do that without touching them.
//!
//! A few events decide about many packets each, so the rotation is long. The limit takes each
//! packet into the queue once. What binds beside it is that nobody can know which event comes next.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use sequences::{Line, RUNGS, Report, bad, edges, good};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Line, Report>]) -> Bench<Line, Report> {
    Bench::new(rungs)
        .item("packet")
        .substance(|report| report.sent as usize)
        .input("good line", good)
        .rotating(1 << 18)
        .quick([10, 1_000, 100_000])
        .standard([500_000])
        .full([5_000_000])
        .input("bad line", bad)
        .quick([10_000])
        .standard([100_000])
        .edges(edges::edges)
        .limit(Limit::Copy(Line::record_bytes))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "good line", 100_000, Faster)
        .claim("linked_lists", "good line", 100_000, DoesNotPay)
        .claim("linked_lists", "bad line", 10_000, Faster)
        .claim("optimized", "good line", 10, Faster)
        .claim("optimized", "good line", 500_000, Faster)
        .claim("optimized", "bad line", 10_000, Faster)
        .claim("cursor", "bad line", 100_000, Faster)
        .claim("optimized", "good line", 10, Faster)
        .over("for_each")
        .claim("for_each", "bad line", 100_000, Faster)
        .over("cursor")
        .main();
}
