//! The plain way with its two loops turned, and nothing else: the readings come from memory once,
//! and each limit is asked by a branch as before.

use crate::reading::{LIMITS, Reading, TARIFFS, Tally};

/// For each limit, how many readings of each tariff are below it.
pub fn below(readings: &[Reading], limits: &[u32; LIMITS]) -> Vec<Tally> {
    let mut tallies = vec![[0; TARIFFS]; LIMITS];
    for reading in readings {
        for (tally, &limit) in tallies.iter_mut().zip(limits) {
            if reading.load < limit {
                tally[usize::from(reading.tariff)] += 1;
            }
        }
    }
    tallies
}
