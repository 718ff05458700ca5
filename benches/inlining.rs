//! Pictures in the shape of 4 to 3. 12 pixels are an icon's corner and measure what a call of the
//! whole costs; 64 by 48 stay in the first-level cache, 640 by 480 in the second; 1,280 by 960 are
//! a preview and 2,560 by 1,920 a photograph. No branch depends on a gray pixel. In linear light
//! the accessor has so much to do that it matters little how it was reached.

use harness::{AtLeast, Bench, DoesNotPay, Limit};
use inlining::{RUNGS, Shot, gray, linear};

fn main() {
    Bench::new(RUNGS)
        .item("pixel")
        .substance(|sum| usize::from(*sum != 0))
        .input("gray", gray)
        .quick([12, 3_072, 307_200, 1_228_800])
        .standard([4_915_200])
        .full([48_000_000])
        .input("linear light", linear)
        .quick([3_072])
        .limit(Limit::Read(Shot::bytes))
        .claim("dynamic", "gray", 3_072, DoesNotPay)
        .claim("inlined", "gray", 3_072, AtLeast(1.5))
        .claim("outlined", "gray", 3_072, AtLeast(2.0))
        .claim("generic", "gray", 307_200, AtLeast(4.0))
        .claim("optimized", "gray", 307_200, AtLeast(24.0))
        .claim("optimized", "gray", 1_228_800, AtLeast(22.0))
        .claim("outlined", "linear light", 3_072, DoesNotPay)
        .main();
}
