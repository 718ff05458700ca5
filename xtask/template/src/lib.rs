#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod edges;
pub mod naive;
pub mod optimized;

use harness::Rung;
use harness::data::{rand::RngExt, rng};

/// Every rung, naive first. All agree with the first.
pub const RUNGS: &[Rung<Vec<u32>, u64>] = &[
    Rung::new("naive", |values| naive::largest_gap(values)),
    Rung::new("optimized", |values| optimized::largest_gap(values)),
];

/// `n` values between which gaps differ widely.
pub fn input(n: usize, seed: u64) -> Vec<u32> {
    let mut rng = rng(seed);
    (0..n).map(|_| rng.random::<u32>() >> rng.random_range(0..24)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, input);
        harness::agree_at(RUNGS, edges::edges());
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_values(values: Vec<u32>) {
            harness::agree_on(RUNGS, values);
        }
    }
}
