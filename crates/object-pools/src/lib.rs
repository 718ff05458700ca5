#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod edges;
pub mod kept;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod thread_local;
mod traffic;
pub mod unzeroed;

use harness::Rung;
use harness::data::rand_distr::{Distribution, LogNormal};
use harness::data::{Rng, rand::RngExt, rng};

pub use traffic::{Answers, Event, Traffic, unmask};

/// Every rung, slowest first. All give the same answers in the same order.
pub const RUNGS: &[Rung<Traffic, Answers>] = &[
    Rung::new("naive", naive::serve),
    Rung::new("unzeroed", unzeroed::serve),
    Rung::new("kept", kept::serve),
    Rung::new("thread_local", thread_local::serve),
    Rung::new("optimized", optimized::serve),
    Rung::new("peer", peer::serve),
];

/// `n` messages of half a kilobyte in the middle and up to 64 KiB at the end of a long tail, in
/// bursts of up to sixty-four at once.
pub fn messages(n: usize, seed: u64) -> Traffic {
    traffic(n, seed, 64 << 10, (6.3, 1.5))
}

/// `n` readings of some thirty bytes, never more than 128, in the same bursts.
pub fn readings(n: usize, seed: u64) -> Traffic {
    traffic(n, seed, 128, (3.4, 0.5))
}

fn traffic(n: usize, seed: u64, capacity: usize, (mean, deviation): (f64, f64)) -> Traffic {
    let mut rng = rng(seed);
    let mut wire = vec![0; capacity * 2];
    rng.fill(&mut wire[..]);
    let length = LogNormal::new(mean, deviation).expect("the deviation is not negative");
    let mut traffic = Traffic { capacity, messages: n, events: Vec::with_capacity(2 * n), wire };
    let (mut open, mut next, mut crowd) = (Vec::new(), 0, 0);
    while next < n as u32 || !open.is_empty() {
        if traffic.events.len().is_multiple_of(128) {
            crowd = rng.random_range(1..=64);
        }
        if next < n as u32 && open.len() < crowd {
            let len = (length.sample(&mut rng) as usize).clamp(1, capacity);
            let start = rng.random_range(0..=traffic.wire.len() - len) as u32;
            traffic.events.push(Event::Arrive { start, len: len as u32, key: rng.random() });
            open.push((next, false));
            next += 1;
        } else {
            finish(&mut open, &mut traffic.events, &mut rng);
        }
    }
    traffic
}

/// Workers finish in any order; one client in thirty hangs up, and is answered all the same later.
fn finish(open: &mut Vec<(u32, bool)>, events: &mut Vec<Event>, rng: &mut Rng) {
    let at = rng.random_range(0..open.len());
    if !open[at].1 && rng.random_ratio(1, 30) {
        open[at].1 = true;
        events.push(Event::HangUp(open[at].0));
    } else {
        events.push(Event::Answer(open.swap_remove(at).0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, readings);
        for n in [0, 1, 2, 63, 64, 65, 1000] {
            harness::agree_on(RUNGS, messages(n, 7));
        }
    }

    #[test]
    fn rungs_agree_on_edges() {
        harness::agree_at(RUNGS, edges::edges());
        harness::agree_at(RUNGS, edges::edges()); // with what the first time has left in the pools
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_order(
            wire: [u8; 32],
            steps in proptest::collection::vec((0..3, 0_u32..32, any::<u32>()), 0..80),
        ) {
            let mut arrived = 0;
            let mut events = Vec::new();
            for (kind, len, key) in steps {
                match kind {
                    1 if arrived > 0 => events.push(Event::Answer(key % arrived)),
                    2 if arrived > 0 => events.push(Event::HangUp(key % arrived)),
                    _ => {
                        arrived += 1;
                        events.push(Event::Arrive { start: 0, len, key });
                    }
                }
            }
            let messages = arrived as usize;
            harness::agree_on(RUNGS, Traffic { capacity: 32, messages, events, wire: wire.into() });
        }
    }
}
