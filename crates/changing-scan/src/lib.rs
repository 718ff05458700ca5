#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod decoy;
pub mod edges;
pub mod lanes;
pub mod naive;
pub mod one_pass;
pub mod optimized;
pub mod reading;

use harness::Rung;
use harness::data::{long_tail, rand::RngExt, rng};

pub use reading::{LIMITS, Query, Reading, TARIFFS, Tally};

/// Every rung, naive first. All give the same counts.
pub const RUNGS: &[Rung<Query, Vec<Tally>>] = &[
    Rung::new("naive", |query| naive::below(&query.readings, &query.limits)),
    Rung::new("decoy", |query| decoy::below(&query.readings, &query.limits)),
    Rung::new("one_pass", |query| one_pass::below(&query.readings, &query.limits)),
    Rung::new("lanes", |query| lanes::below(&query.readings, &query.limits)),
    Rung::new("optimized", |query| optimized::below(&query.readings, &query.limits)),
];

/// `n` readings of meters, and limits of which one reading in ten is below.
pub fn readings(n: usize, seed: u64) -> Query {
    let mut rng = rng(seed);
    let reading = |at| Reading {
        load: rng.random_range(0..100_000),
        tariff: rng.random_range(0..12),
        ..Reading::new(at as u64, long_tail(&mut rng, 8..30))
    };
    let readings = (0..n).map(reading).collect();
    let limits = std::array::from_fn(|at| 6_000 + 1_000 * at as u32);
    Query { readings, limits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, readings);
        harness::agree_at(RUNGS, edges::edges());
    }

    /// A record is two lines long, and what is asked of it lies at both of its ends.
    #[test]
    fn a_reading_is_as_long_as_the_lab_says() {
        assert_eq!(size_of::<Reading>(), 128);
        assert_eq!(std::mem::offset_of!(Reading, load), 0);
        assert!(std::mem::offset_of!(Reading, tariff) >= 64);
    }

    #[test]
    fn about_one_reading_in_ten_is_below_a_limit() {
        let query = readings(10_000, 1);
        for tally in naive::below(&query.readings, &query.limits) {
            let below: u32 = tally.iter().sum();
            assert!((500..1_500).contains(&below), "{below}");
        }
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_readings(
            rows in proptest::collection::vec(any::<(u32, u8)>(), 0..300),
            limits: [u32; LIMITS],
        ) {
            let reading = |(load, tariff): (u32, u8)| Reading {
                load,
                tariff: tariff % TARIFFS as u8,
                ..Reading::new(0, 0)
            };
            let readings = rows.into_iter().map(reading).collect();
            harness::agree_on(RUNGS, Query { readings, limits });
        }
    }
}
