//! Few requests, around those that are held at once.

use crate::{Work, arithmetic, handover, requests};

/// Hand-made work, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Work> {
    let makers: [fn(usize, u64) -> Work; 3] = [requests, handover, arithmetic];
    let sizes = |make: fn(usize, u64) -> Work| {
        [0, 1, 2, 31, 32, 33, 63, 64, 65].map(|n| make(n, u64::MAX - n as u64))
    };
    makers.into_iter().flat_map(sizes).collect()
}
