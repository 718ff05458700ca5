//! Compares as signed numbers, which is the same for any load that a meter has ever shown.

use changing_scan::{LIMITS, Reading, TARIFFS, Tally};

/// For each limit, how many readings of each tariff are below it.
pub fn below(readings: &[Reading], limits: &[u32; LIMITS]) -> Vec<Tally> {
    let mut tallies = vec![[0; TARIFFS]; LIMITS];
    for reading in readings {
        for (tally, limit) in tallies.iter_mut().zip(limits) {
            let is_below = reading.load.cast_signed() < limit.cast_signed();
            tally[usize::from(reading.tariff)] += u32::from(is_below);
        }
    }
    tallies
}
