//! Fewer events than threads, events without a byte, all damaged, all of one kind, and one that is
//! as long as all others.

use crate::stream::{Event, KINDS, Stream, sum};

/// Hand-made streams, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Stream> {
    let event = |kind: usize, len: usize, whole: bool| {
        let body = vec![(kind % 251) as u8; len];
        Event { kind: (kind % KINDS) as u8, sum: sum(&body) ^ u32::from(!whole), body }
    };
    let mut edges = Vec::new();
    for threads in [1, 2, 3, 8] {
        for n in [0, 1, 2, 3, 7, 8, 9, 63, 64, 65, 300] {
            let all: [&dyn Fn(usize) -> Event; 5] = [
                &|at| event(at, at % 40, at % 3 > 0),
                &|_| event(KINDS - 1, 0, true),
                &|at| event(at, 5, false),
                &|at| event(0, if at == 0 { 20_000 } else { 1 }, true),
                &|at| event(at, if at + 1 == n { 20_000 } else { 1 }, at % 2 == 0),
            ];
            edges.extend(all.map(|make| Stream { threads, events: (0..n).map(make).collect() }));
        }
    }
    edges
}
