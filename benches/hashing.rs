//! Words of a text are counted. Two are a search query, a thousand a page; with a hundred thousand
//! the table leaves the first cache, with ten million all of them. A new word costs more than a
//! known one, so the list of digests, of which none comes twice, asks what is
//! left when there is nothing to find again; its words are also too long for the table of short
//! ones. Making and dropping the table is part of the job.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use hashing::{RUNGS, Summary, all_new, edges, input, read};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<String, Summary>]) -> Bench<String, Summary> {
    Bench::new(rungs)
        .item("word")
        .substance(|summary| summary.distinct)
        .input("prose", input)
        .quick([2, 50, 1_000, 100_000])
        .standard([250_000])
        .full([10_000_000])
        .input("all new", all_new)
        .quick([10_000])
        .full([1_000_000])
        .file("any UTF-8 text", read)
        .beyond("prose", 10_000_000)
        .edges(edges::edges)
        .limit(Limit::Read(String::len))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "prose", 250_000, Faster)
        .claim("optimized", "prose", 1_000, Faster)
        .claim("optimized", "prose", 100_000, Faster)
        .claim("optimized", "prose", 10_000_000, Faster)
        .claim("optimized", "prose", 2, DoesNotPay)
        .over("borrowed_keys")
        .claim("fast_hash", "prose", 100_000, Faster)
        .claim("borrowed_keys", "prose", 250_000, Faster)
        .over("fast_hash")
        .claim("word_masks", "all new", 10_000, Faster)
        .over("borrowed_keys")
        .claim("packed_keys", "prose", 250_000, Faster)
        .over("word_masks")
        .claim("optimized", "prose", 1_000, DoesNotPay)
        .over("packed_keys")
        .main();
}
