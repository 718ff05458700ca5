//! Square products: 4 is a graphics transform, 16 and 64 fit into the first and second level, 256
//! into the second or nearly, 500 and 700 into the third, or into what others leave of it.
//! 200, 500 and 1,000 stand beside 256, 512 and 1,024 because columns of a power of two collide in
//! the caches, which can make naive look worse than it is. At 1,024 it takes
//! seconds: the powers above 256 are for a full run. No branch depends on a value, and a network's
//! weights are warm, so one product is worked out over and over, into the same memory.
//!
//! Every rung is held against naive within the bound of summation in any order. The limit is that
//! of one core, also for `threads` and `peer_threads`.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use matrix_multiply::{Layer, Product, RUNGS, agree, edges, input};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Layer, Product>]) -> Bench<Layer, Product> {
    Bench::within(rungs, agree)
        .item("multiplication")
        .substance(|product| product.values.iter().filter(|value| **value != 0.0).count())
        .threads()
        .input("square", input)
        .side("rows and columns", 3)
        .fixed()
        .quick([4, 16, 64, 200])
        .standard([256, 500, 700])
        .full([512, 1_000, 1_024])
        .edges(edges::edges)
        .limit(Limit::Flops32(Layer::operations))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "square", 500, Faster)
        .claim("packed", "square", 4, DoesNotPay)
        .claim("fma", "square", 4, DoesNotPay)
        .claim("wide", "square", 4, DoesNotPay)
        .claim("threads", "square", 64, DoesNotPay)
        .over("optimized")
        .claim("optimized", "square", 16, Faster)
        .claim("ikj", "square", 64, Faster)
        .claim("optimized", "square", 64, Faster)
        .claim("optimized", "square", 256, Faster)
        .claim("packed", "square", 500, Faster)
        .claim("fma", "square", 500, Faster)
        .claim("optimized", "square", 512, Faster)
        .claim("optimized", "square", 1_000, Faster)
        .claim("optimized", "square", 1_024, Faster)
        .claim("tiles", "square", 500, Faster)
        .over("ikj")
        .claim("packed", "square", 500, Faster)
        .over("tiles")
        .claim("fma", "square", 500, Faster)
        .over("packed")
        .claim("wide", "square", 500, Faster)
        .over("fma")
        .claim("optimized", "square", 16, Faster)
        .over("fma")
        .claim("optimized", "square", 16, Faster)
        .over("wide")
        .claim("optimized", "square", 64, Faster)
        .over("wide")
        .claim("threads", "square", 500, Faster)
        .over("optimized")
        .main();
}
