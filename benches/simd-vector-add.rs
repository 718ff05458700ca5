//! 64 frames are a short buffer, as a live engine asks for it; 1,000 with two tracks fit a
//! first-level cache and 30,000 a second-level one; 10,000,000 are a few minutes of sound, mixed to
//! a file. Sixteen tracks show what there is to gain by touching the mix less often. Audio is warm
//! when it is mixed and no branch depends on it: the input is fixed.
//!
//! The limit counts each track once and the mix once, as if storing cost no more than loading.

use std::rc::Rc;

use harness::core_kind::has_units_of_512_bits;
use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use simd_vector_add::{Mix, RUNGS, Session, edges, from_file, sixteen, two};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Session, Rc<Mix>>]) -> Bench<Session, Rc<Mix>> {
    Bench::new(rungs)
        .item("frame")
        .substance(|mix| mix.heard())
        .input("two tracks", two)
        .fixed()
        .quick([64, 1_000, 30_000])
        .standard([10_000_000])
        .input("sixteen tracks", sixteen)
        .fixed()
        .quick([512, 8_192])
        .standard([1_000_000])
        .full([5_000_000])
        .file("numbers, a frame per line, a track per column", from_file)
        .edges(edges::edges)
        .limit(Limit::Read(Session::bytes))
}

fn main() {
    let bench = bench(RUNGS)
        .claim("wide", "two tracks", 1_000, DoesNotPay)
        .claim("wide", "two tracks", 30_000, DoesNotPay)
        .claim("wide", "sixteen tracks", 8_192, DoesNotPay)
        .claim("dispatched", "two tracks", 10_000_000, DoesNotPay)
        .claim("optimized", "two tracks", 1_000, Faster)
        .claim("optimized", "two tracks", 10_000_000, Faster)
        .claim("fused", "sixteen tracks", 8_192, Faster)
        .claim("optimized", "sixteen tracks", 8_192, Faster)
        .claim("portable_simd", "two tracks", 1_000, Faster)
        .claim("dispatched", "sixteen tracks", 512, Faster)
        .over("wide")
        .claim("fused", "two tracks", 10_000_000, Faster)
        .over("dispatched")
        .claim("avx2", "two tracks", 1_000, Faster)
        .over("fused")
        .claim("optimized", "two tracks", 10_000_000, Faster)
        .over("avx512");
    // A register that goes through in two halves has nothing to gain in a cache.
    let bench = match has_units_of_512_bits() {
        true => bench.claim("avx512", "two tracks", 1_000, Faster).over("avx2"),
        false => bench.claim("avx512", "two tracks", 1_000, DoesNotPay).over("avx2"),
    };
    bench.main();
}
