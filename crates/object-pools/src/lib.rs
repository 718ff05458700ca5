#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod edges;
pub mod kept;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod slab;
pub mod thread_local;
mod traffic;
pub mod unzeroed;

use harness::Rung;
use harness::data::rand_distr::{Distribution, LogNormal};
use harness::data::{Rng, rand::RngExt, rng};

pub use traffic::{Answers, Event, Traffic, unmask};

/// Every rung, naive first. All give the same answers in the same order.
pub const RUNGS: &[Rung<Traffic, Answers>] = &[
    Rung::new("naive", naive::serve),
    Rung::new("unzeroed", unzeroed::serve),
    Rung::new("kept", kept::serve),
    Rung::new("thread_local", thread_local::serve),
    Rung::new("slab", slab::serve),
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

    /// All rungs take off masks with one function, so none would disagree if it were wrong.
    #[test]
    fn a_masked_hello_is_that_of_the_standard() {
        let mut message = [0x7f, 0x9f, 0x4d, 0x51, 0x58]; // RFC 6455, section 5.7
        let key = u32::from_le_bytes([0x37, 0xfa, 0x21, 0x3d]);
        assert_eq!(unmask(&mut message, key), 72 + 101 + 108 + 108 + 111);
        assert_eq!(&message, b"Hello");
    }

    /// What `unmask` does to eight bytes at a time, said byte by byte.
    fn slowly(message: &mut [u8], key: [u8; 4]) -> u32 {
        message.iter_mut().zip(key.into_iter().cycle()).for_each(|(byte, key)| *byte ^= key);
        let mut sum = 0_u64;
        let in_words = message.len() / 8 * 8;
        for (at, &byte) in message.iter().enumerate() {
            let place = if at < in_words { at % 4 } else { 0 };
            sum += u64::from(byte) << (8 * place);
        }
        ((sum % (1 << 32)) as u32).wrapping_add((sum / (1 << 32)) as u32)
    }

    /// Words and the bytes behind them, and sums that outgrow a word.
    #[test]
    fn words_are_unmasked_as_bytes_are() {
        for len in 0..100 {
            for key in [0, 1, 0x8000_0001, 0xa1b2_c3d4, u32::MAX] {
                for fill in [0, 1, 0x5a, 0xff] {
                    let mut fast: Vec<u8> = (0..len).map(|at: u8| fill ^ (at & 3)).collect();
                    let mut slow = fast.clone();
                    let expected = slowly(&mut slow, key.to_le_bytes());
                    assert_eq!(unmask(&mut fast, key), expected, "{len} of {fill}, key {key}");
                    assert_eq!(fast, slow);
                }
            }
        }
    }

    /// No rung would disagree if every message were empty.
    #[test]
    fn messages_are_parts_of_the_wire() {
        let arrive = |start, len| Event::Arrive { start, len, key: 0 };
        let events = vec![arrive(1, 2), arrive(0, 4), Event::Answer(0), Event::HangUp(1)];
        let traffic = Traffic { capacity: 4, messages: 2, events, wire: vec![5, 6, 7, 8] };
        assert_eq!(traffic.on_wire(1, 2), [6, 7]);
        assert_eq!(traffic.bytes(), 6);
        assert_eq!(naive::serve(&traffic), [(0, 13)]);
        harness::agree_on(RUNGS, traffic);
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
