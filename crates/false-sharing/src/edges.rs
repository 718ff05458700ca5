//! Requests at both sides of every line that is drawn, and workers that have nothing to do.

use crate::load::{Load, Request};

/// Hand-made loads, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Load> {
    let max = u32::MAX;
    let request = |(latency, bytes, status)| Request { latency, bytes, status };
    let requests = [
        (0, 0, 0),
        (100_000, 1, 499),
        (100_001, 2, 500),
        (99_999, max, 501),
        (max, max, u16::MAX),
        (max, 0, 200),
        (1 << 31, 1 << 31, 503),
    ]
    .map(request);
    let load =
        |(workers, n)| Load::new(workers, requests.iter().copied().cycle().take(n).collect());
    let shares =
        [1, 2, 3, 5].into_iter().flat_map(|workers| [0, 1, 2, 4, 7, 50].map(|n| (workers, n)));
    shares.map(load).collect()
}
