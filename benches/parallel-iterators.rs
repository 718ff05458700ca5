//! Pictures of a valley at the edge of the Mandelbrot set, where rows grow dearer from top to
//! bottom. 64 pixels are about as much work as waking a thread; from 10,000 on, handing out is lost
//! in the work, and only the cut decides. In the open plane every pixel escapes at once: there
//! 1,000 are done before a second thread is awake. The steps of each pixel end in a branch that
//! differs from view to view: some thousands of pixels are beyond what a predictor learns.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use parallel_iterators::{RUNGS, View, edges, open_plane, valley};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<View, Vec<u16>>]) -> Bench<View, Vec<u16>> {
    Bench::new(rungs)
        .item("pixel")
        .substance(|pixels| pixels.iter().filter(|pixel| **pixel > 0).count())
        .threads()
        .input("valley", valley)
        .rotating(1 << 12)
        .quick([64, 1_000, 10_000])
        .standard([30_000])
        .full([1_000_000])
        .input("open plane", open_plane)
        .rotating(1 << 12)
        .quick([1_000, 100_000])
        .edges(edges::edges)
        .limit(Limit::Cores)
}

fn main() {
    bench(RUNGS)
        .claim("par_iter", "valley", 30_000, Faster)
        .claim("optimized", "valley", 30_000, Faster)
        .claim("peer", "valley", 64, DoesNotPay)
        .claim("par_iter", "open plane", 1_000, DoesNotPay)
        .claim("optimized", "open plane", 1_000, DoesNotPay)
        .claim("per_core", "valley", 30_000, Faster)
        .claim("par_iter", "valley", 30_000, Faster)
        .over("per_core")
        .claim("optimized", "open plane", 1_000, Faster)
        .over("by_rows")
        .main();
}
