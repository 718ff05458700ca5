//! One question by a branch before all others: whether a reading is below any limit. Most are not,
//! and of these only the line with the load is read.

use crate::reading::{LIMITS, Reading, TARIFFS, Tally};

/// For each limit, how many readings of each tariff are below it.
pub fn below(readings: &[Reading], limits: &[u32; LIMITS]) -> Vec<Tally> {
    let highest = limits.iter().copied().max().unwrap_or(0);
    // A tariff's counts for all limits lie side by side: one comparison and one addition of eight.
    let mut counts = [[0; LIMITS]; TARIFFS];
    for reading in readings.iter().filter(|reading| reading.load < highest) {
        let counts = &mut counts[usize::from(reading.tariff)];
        for (count, &limit) in counts.iter_mut().zip(limits) {
            *count += u32::from(reading.load < limit);
        }
    }
    (0..LIMITS).map(|at| counts.map(|counts| counts[at])).collect()
}
