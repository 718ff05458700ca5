//! Sorts the limits, so that a reading is counted once, for the first that it is below; and answers
//! in that order.

use changing_scan::{LIMITS, Reading, TARIFFS, Tally};

/// For each limit, how many readings of each tariff are below it.
pub fn below(readings: &[Reading], limits: &[u32; LIMITS]) -> Vec<Tally> {
    let mut limits = *limits;
    limits.sort_unstable();
    let mut tallies = vec![[0; TARIFFS]; LIMITS];
    for reading in readings {
        let first = limits.partition_point(|&limit| limit <= reading.load);
        if let Some(tally) = tallies.get_mut(first) {
            tally[usize::from(reading.tariff)] += 1;
        }
    }
    for at in 1..LIMITS {
        for tariff in 0..TARIFFS {
            tallies[at][tariff] += tallies[at - 1][tariff];
        }
    }
    tallies
}
