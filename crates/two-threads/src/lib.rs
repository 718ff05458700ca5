#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod decoy;
pub mod edges;
pub mod naive;
pub mod optimized;
pub mod stream;

use std::thread::available_parallelism;

use harness::Rung;
use harness::data::{Rng, rand::RngExt, rng};

pub use stream::{Event, KINDS, Kind, Report, Stream, is_whole};

/// Every rung, naive first. All give the same report.
pub const RUNGS: &[Rung<Stream, Report>] = &[
    Rung::new("naive", naive::count),
    Rung::new("decoy", decoy::count).needs(two_cores),
    Rung::new("optimized", optimized::count),
];

fn two_cores() -> Result<(), String> {
    match available_parallelism() {
        Ok(cores) if cores.get() > 1 => Ok(()),
        _ => Err("a second core: on one alone no thread waits for another".to_owned()),
    }
}

/// `n` events for two threads.
pub fn two_threads(n: usize, seed: u64) -> Stream {
    stream(n, seed, 2)
}

/// `n` events for one thread.
pub fn one_thread(n: usize, seed: u64) -> Stream {
    stream(n, seed, 1)
}

/// `n` events, of which the later half is longer: a service that fills up during the day.
fn stream(n: usize, seed: u64, threads: usize) -> Stream {
    let mut rng = rng(seed);
    let event = |at| event(if 2 * at < n { 8..28 } else { 13..33 }, &mut rng);
    Stream { threads, events: (0..n).map(event).collect() }
}

/// An event with so many bytes to check; one in fifty was damaged on its way.
fn event(lengths: std::ops::Range<usize>, rng: &mut Rng) -> Event {
    let len = rng.random_range(lengths);
    let body: Vec<u8> = (0..len).map(|_| rng.random()).collect();
    let sum = stream::sum(&body) ^ u32::from(rng.random_ratio(1, 50));
    Event { kind: rng.random_range(0..KINDS as u8), sum, body }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, one_thread);
        harness::agree(RUNGS, two_threads);
        harness::agree(RUNGS, |n, seed| stream(n, seed, 5));
        harness::agree_at(RUNGS, edges::edges());
    }

    #[test]
    fn a_report_is_what_it_should_be() {
        let event = |kind, sum, body: &[u8]| Event { kind, sum, body: body.to_vec() };
        let events = vec![
            event(3, 0x05C3_01EF, b"abcde"),
            event(3, 0x0124_00C3, b"ab"),
            event(3, 0x0124_00C3, b"ba"),
            event(0, 0, b""),
        ];
        let mut kinds = [Kind::default(); KINDS];
        kinds[3] = Kind { events: 2, longest: 5 };
        kinds[0] = Kind { events: 1, longest: 0 };
        let report = naive::count(&Stream { threads: 2, events });
        assert_eq!(report, Report { events: 4, bytes: 9, damaged: 1, kinds });
    }

    #[test]
    fn counts_are_exact_under_contention() {
        for threads in [2, 3, 4] {
            let stream = stream(20_001, 1, threads);
            let report = naive::count(&stream);
            let bytes: usize = stream.events.iter().map(|event| event.body.len()).sum();
            assert_eq!((report.events, report.bytes), (20_001, bytes as u64));
            assert!(report.damaged > 200 && report.damaged < 800, "{report:?}");
            harness::agree_on(RUNGS, stream);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn rungs_agree_on_any_events(
            events in proptest::collection::vec(any::<(u8, bool, Vec<u8>)>(), 0..60),
            threads in 1_usize..6,
        ) {
            let event = |(kind, whole, body): (u8, bool, Vec<u8>)| Event {
                kind: kind % KINDS as u8,
                sum: stream::sum(&body) ^ u32::from(!whole),
                body,
            };
            let events = events.into_iter().map(event).collect();
            harness::agree_on(RUNGS, Stream { threads, events });
        }
    }
}
