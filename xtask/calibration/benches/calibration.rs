//! Not a case: jobs of which the true answer is known, for `cargo xtask calibrate`. Together they
//! wait for what cases wait for: arithmetic, the branch predictor, the allocator, memory; and in
//! one rungs would spoil each other's caches. Sizes are multiples of a hundred, so that the planted
//! share is exact.

use calibration::{ALLOCATION, ARITHMETIC, BRANCHES, COMPANY, MEMORY, RUNGS};
use harness::Bench;

fn main() {
    Bench::new(RUNGS)
        .substance(|sum| usize::from(*sum != 0))
        .input("arithmetic", ARITHMETIC)
        .quick([10_000])
        .input("branches", BRANCHES)
        .quick([4_000])
        .input("allocation", ALLOCATION)
        .quick([4_000])
        .input("memory", MEMORY)
        .quick([1_000_000])
        .input("company", COMPANY)
        .fixed()
        .quick([50_000])
        .main();
}
