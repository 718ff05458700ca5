//! The plain way without its branch, and nothing else: what the wrong guesses seem to ask for.

use crate::reading::{LIMITS, Reading, TARIFFS, Tally};

/// For each limit, how many readings of each tariff are below it.
pub fn below(readings: &[Reading], limits: &[u32; LIMITS]) -> Vec<Tally> {
    limits.iter().map(|&limit| tally(readings, limit)).collect()
}

/// How many readings of each tariff are below the limit.
fn tally(readings: &[Reading], limit: u32) -> Tally {
    let mut tally = [0; TARIFFS];
    for reading in readings {
        tally[usize::from(reading.tariff)] += u32::from(reading.load < limit);
    }
    tally
}
