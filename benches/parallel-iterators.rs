//! tbd

use harness::{Bench, Limit};
use parallel_iterators::{RUNGS, open_plane, valley};

fn main() {
    Bench::new(RUNGS)
        .item("pixel")
        .input("valley", valley)
        .quick([64, 1_000, 10_000])
        .standard([100_000])
        .full([1_000_000])
        .input("open plane", open_plane)
        .quick([1_000, 100_000])
        .limit(Limit::Cores)
        .main();
}
