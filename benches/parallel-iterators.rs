//! Pictures of a valley at the edge of the Mandelbrot set, where rows grow dearer from top to
//! bottom. 64 pixels are about as much work as waking a thread; from 10,000 on, handing out is lost
//! in the work, and only the cut decides. In the open plane every pixel escapes at once: there
//! 1,000 are done before a second thread is awake. The steps of each pixel end in a branch that
//! differs from view to view: some thousands of pixels are beyond what a predictor learns.

use harness::{AtLeast, Bench, DoesNotPay, Limit};
use parallel_iterators::{RUNGS, open_plane, valley};

fn main() {
    Bench::new(RUNGS)
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
        .limit(Limit::Cores)
        .claim("par_iter", "valley", 30_000, AtLeast(1.2))
        .claim("optimized", "valley", 30_000, AtLeast(1.3))
        .claim("peer", "valley", 64, DoesNotPay)
        .claim("par_iter", "open plane", 1_000, DoesNotPay)
        .claim("optimized", "open plane", 1_000, DoesNotPay)
        .main();
}
