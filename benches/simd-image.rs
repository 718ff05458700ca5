//! From a palette's four colours to a 4K frame. 65,536 pixels with their gray fit into L2,
//! 1,000,000 into L3, 8,294,400 (3840 × 2160) into none. No branch depends on a colour, and
//! a converter in a pipeline meets pictures that were just made, so one picture is converted over
//! and over. Only what is read counts as the limit: how far writing a quarter as much overlaps with
//! it is up to the machine.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use simd_image::{Frame, RUNGS, Shot, edges, photo, within_one_level};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Shot, Frame>]) -> Bench<Shot, Frame> {
    Bench::within(rungs, within_one_level)
        .item("pixel")
        .substance(|frame| frame.iter().filter(|gray| **gray > 0).count())
        .input("photo", photo)
        .fixed()
        .quick([4, 16, 1_000, 65_536, 1_000_000])
        .standard([3840 * 2160])
        .beyond("photo", 3840 * 2160)
        .edges(edges::edges)
        .limit(Limit::Read(Shot::bytes))
}

fn main() {
    bench(RUNGS)
        .claim("wide", "photo", 65_536, Faster)
        .claim("maddubs", "photo", 65_536, Faster)
        .claim("optimized", "photo", 65_536, Faster)
        .claim("optimized", "photo", 3840 * 2160, Faster)
        .claim("vnni", "photo", 4, DoesNotPay)
        .claim("avx512", "photo", 4, DoesNotPay)
        .claim("portable_simd", "photo", 65_536, Faster)
        .claim("fixed_point", "photo", 65_536, Faster)
        .claim("wide", "photo", 65_536, Faster)
        .over("fixed_point")
        .claim("maddubs", "photo", 65_536, Faster)
        .over("wide")
        .claim("vnni", "photo", 65_536, Faster)
        .over("maddubs")
        .claim("avx512", "photo", 1_000, Faster)
        .over("vnni")
        .claim("optimized", "photo", 3840 * 2160, Faster)
        .over("avx512")
        .main();
}
