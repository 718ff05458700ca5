//! Texts as a server receives them. 16 bytes are a name or a tag: one padded block costs more than
//! the standard library's loop over them, unless a load can leave out what is not there. 64 KiB is
//! a page or a message, 1 MiB fills a second-level cache, 32 MiB the last one. ASCII is what the
//! standard library is quickest at. Chinese has no ASCII to skip. Nearly every character decides a
//! branch in naive, so short texts rotate through half a megabyte of them.
//!
//! Without AVX-512, `optimized` is `lookup`, and the claim over that breaks: so it should.

use std::str::Utf8Error;

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use multiversioning::{RUNGS, ascii, chinese, edges, mixed, read};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(
    rungs: &'static [Rung<Vec<u8>, Result<usize, Utf8Error>>],
) -> Bench<Vec<u8>, Result<usize, Utf8Error>> {
    Bench::new(rungs)
        .item("byte")
        .substance(|count| count.as_ref().map_or(0, |characters| *characters))
        .input("mixed", mixed)
        .rotating(1 << 19)
        .quick([16, 1 << 10, 1 << 16, 1 << 20])
        .standard([32 << 20])
        .full([128 << 20])
        .input("ASCII", ascii)
        .rotating(1 << 19)
        .quick([1 << 16])
        .input("Chinese", chinese)
        .rotating(1 << 19)
        .quick([1 << 16])
        .file("any file that is UTF-8 from its beginning", read)
        .edges(edges::edges)
        .limit(Limit::Read(Vec::len))
}

fn main() {
    bench(RUNGS)
        .claim("branch_free", "mixed", 1 << 16, Faster)
        .claim("recompiled", "mixed", 1 << 16, Faster)
        .claim("lookup", "mixed", 1 << 16, Faster)
        .claim("optimized", "mixed", 1 << 16, Faster)
        .claim("optimized", "mixed", 16, Faster)
        .claim("optimized", "ASCII", 1 << 16, Faster)
        .claim("optimized", "Chinese", 1 << 16, Faster)
        .claim("optimized", "mixed", 32 << 20, Faster)
        .claim("optimized", "mixed", 16, Faster)
        .over("lookup")
        .claim("recompiled", "mixed", 16, DoesNotPay)
        .claim("lookup", "mixed", 16, DoesNotPay)
        .claim("recompiled", "mixed", 65_536, Faster)
        .over("branch_free")
        .claim("lookup", "mixed", 65_536, Faster)
        .over("recompiled")
        .claim("ps_simdutf8", "mixed", 65_536, Faster)
        .over("peer")
        .claim("ps_simdutf8", "Chinese", 65_536, Faster)
        .over("peer")
        .claim("optimized", "mixed", 65_536, Faster)
        .over("ps_simdutf8")
        .main();
}
