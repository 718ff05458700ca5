//! All questions of a reading while it is at hand, and none of them by a branch: the readings come
//! from memory once, and both lines of each.

use crate::reading::{LIMITS, Reading, TARIFFS, Tally};

/// For each limit, how many readings of each tariff are below it.
pub fn below(readings: &[Reading], limits: &[u32; LIMITS]) -> Vec<Tally> {
    // A tariff's counts for all limits lie side by side: one comparison and one addition of eight.
    let mut counts = [[0; LIMITS]; TARIFFS];
    for reading in readings {
        let counts = &mut counts[usize::from(reading.tariff)];
        for (count, &limit) in counts.iter_mut().zip(limits) {
            *count += u32::from(reading.load < limit);
        }
    }
    (0..LIMITS).map(|at| counts.map(|counts| counts[at])).collect()
}
