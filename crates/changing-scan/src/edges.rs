//! Readings at both ends of their type, at a limit, of the first and the last tariff; and limits
//! that are equal, or in no order.

use crate::{LIMITS, Query, Reading, TARIFFS};

/// Hand-made queries, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Query> {
    let ends = [0, 1, 99, 100, 101, 0x7fff_ffff, 0x8000_0000, u32::MAX - 1, u32::MAX];
    let limits = [
        [0; LIMITS],
        [u32::MAX; LIMITS],
        [100; LIMITS],
        [100, 0, u32::MAX, 0x8000_0000, 1, 100, 101, 99],
        std::array::from_fn(|at| u32::MAX - at as u32),
    ];
    let mut edges = Vec::new();
    for limits in limits {
        for n in [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 63, 64, 65, 300] {
            let reading = |at: usize| Reading {
                load: ends[at % ends.len()],
                tariff: (at % TARIFFS) as u8,
                ..Reading::new(at as u64, 0)
            };
            let readings: Vec<Reading> = (0..n).map(reading).collect();
            // All of one tariff, the last.
            let last = |reading| Reading { tariff: TARIFFS as u8 - 1, ..reading };
            let one = readings.iter().cloned().map(last).collect();
            edges.extend([readings, one].map(|readings| Query { readings, limits }));
        }
    }
    edges
}
