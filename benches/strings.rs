//! Lines of events are loaded into a column of tags, which is asked and dropped. Two are a message,
//! a thousand a page; with 100,000 text and strings are beyond the second cache. Tags of 24 and of
//! 25 bytes are the two sides of an edge. Where all tags are different and too long for it, room
//! inside does not help and numbers have nothing to share.

use harness::{Bench, DoesNotPay, Faster, Limit, MemoryAtMost, Rung};
use strings::{RUNGS, Report, all_different, edges, input, of_24_bytes, of_25_bytes, read};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<String, Report>]) -> Bench<String, Report> {
    Bench::new(rungs)
        .item("event")
        .substance(|report| report.events)
        .input("tags", input)
        .quick([2, 1_000, 30_000])
        .standard([100_000])
        .full([2_000_000])
        .input("24 bytes", of_24_bytes)
        .quick([30_000])
        .input("25 bytes", of_25_bytes)
        .quick([30_000])
        .input("all different", all_different)
        .quick([10_000])
        .file("events: in each line a user, a comma and a tag", read)
        .edges(edges::edges)
        .limit(Limit::Read(String::len))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "tags", 100_000, Faster)
        .claim("optimized", "tags", 30_000, Faster)
        .claim("interned", "24 bytes", 30_000, Faster)
        .claim("inline", "24 bytes", 30_000, Faster)
        .claim("inline", "25 bytes", 30_000, DoesNotPay)
        .claim("optimized", "tags", 100_000, MemoryAtMost(0.25))
        .claim("borrowed", "tags", 30_000, Faster)
        .claim("interned", "24 bytes", 30_000, Faster)
        .over("inline")
        .claim("numbered", "tags", 30_000, DoesNotPay)
        .over("borrowed")
        .claim("interned", "24 bytes", 30_000, Faster)
        .over("numbered")
        .claim("hashed_once", "all different", 10_000, Faster)
        .over("interned")
        .claim("hashed_once", "tags", 30_000, DoesNotPay)
        .over("interned")
        .claim("optimized", "tags", 30_000, Faster)
        .over("hashed_once")
        .claim("optimized", "all different", 10_000, Faster)
        .over("interned")
        .claim("inline", "tags", 30_000, DoesNotPay)
        .over("borrowed")
        .main();
}
