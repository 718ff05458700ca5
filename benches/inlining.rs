//! Pictures in the shape of 4 to 3. 12 pixels are an icon's corner and measure what a call of the
//! whole costs; 64 by 48 stay in the first-level cache, 640 by 480 in the second; 1,280 by 960 are
//! a preview and 2,560 by 1,920 a photograph. No branch depends on a gray pixel. In linear light
//! the accessor has so much to do that it matters little how it was reached.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use inlining::{RUNGS, Shot, edges, gray, linear};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Shot, u64>]) -> Bench<Shot, u64> {
    Bench::new(rungs)
        .item("pixel")
        .substance(|sum| usize::from(*sum != 0))
        .input("gray", gray)
        .quick([12, 3_072, 307_200, 1_228_800])
        .standard([4_915_200])
        .full([48_000_000])
        .input("linear light", linear)
        .quick([3_072])
        .edges(edges::edges)
        .limit(Limit::Read(Shot::bytes))
}

fn main() {
    bench(RUNGS)
        .claim("dynamic", "gray", 3_072, DoesNotPay)
        .claim("inlined", "gray", 3_072, Faster)
        .claim("outlined", "gray", 3_072, Faster)
        .claim("generic", "gray", 307_200, Faster)
        .claim("optimized", "gray", 307_200, Faster)
        .claim("optimized", "gray", 1_228_800, Faster)
        .claim("outlined", "linear light", 3_072, DoesNotPay)
        .claim("inlined", "gray", 3_072, Faster)
        .over("dynamic")
        .claim("outlined", "gray", 3_072, Faster)
        .over("inlined")
        .claim("whole_program", "linear light", 3_072, Faster)
        .over("outlined")
        .claim("generic", "gray", 307_200, Faster)
        .over("whole_program")
        .claim("rows", "gray", 307_200, Faster)
        .over("generic")
        .claim("optimized", "gray", 12, Faster)
        .over("rows")
        .claim("optimized", "gray", 3_072, Faster)
        .over("rows")
        .claim("optimized", "gray", 307_200, Faster)
        .over("rows")
        .claim("pairs", "gray", 307_200, Faster)
        .over("rows")
        .claim("optimized", "gray", 3_072, Faster)
        .over("pairs")
        .claim("optimized", "gray", 307_200, Faster)
        .over("pairs")
        .claim("rows", "linear light", 3_072, Faster)
        .over("generic")
        .claim("dynamic", "gray", 307_200, DoesNotPay)
        .main();
}
