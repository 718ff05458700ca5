//! Not a case: jobs of which the true answer is known, for `cargo xtask calibrate`. Together they
//! wait for what cases wait for: arithmetic, the branch predictor, the allocator, memory. Sizes are
//! multiples of a hundred, so that the planted share is exact.

use calibration::{ALLOCATION, ARITHMETIC, BRANCHES, MEMORY, RUNGS};
use harness::Bench;

fn main() {
    Bench::new(RUNGS)
        .input("arithmetic", ARITHMETIC)
        .quick([10_000])
        .input("branches", BRANCHES)
        .quick([4_000])
        .input("allocation", ALLOCATION)
        .quick([4_000])
        .input("memory", MEMORY)
        .quick([1_000_000])
        .main();
}
