//! Takes four readings at a time, and leaves what fills no four.

use changing_scan::{LIMITS, Reading, TARIFFS, Tally};

/// For each limit, how many readings of each tariff are below it.
pub fn below(readings: &[Reading], limits: &[u32; LIMITS]) -> Vec<Tally> {
    let mut counts = [[0; LIMITS]; TARIFFS];
    for four in readings.as_chunks::<4>().0 {
        for reading in four {
            let counts = &mut counts[usize::from(reading.tariff)];
            for (count, &limit) in counts.iter_mut().zip(limits) {
                *count += u32::from(reading.load < limit);
            }
        }
    }
    (0..LIMITS).map(|at| counts.map(|counts| counts[at])).collect()
}
