#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod cache_line;
pub mod edges;
pub mod load;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod single_writer;
pub mod two_lines;

use std::thread::available_parallelism;

use harness::Rung;
use harness::data::{long_tail, rand::RngExt, rng};
use load::{Load, Request, Totals};

/// Every rung, naive first. All give the exact totals of each worker.
pub const RUNGS: &[Rung<Load, Vec<Totals>>] = &[
    Rung::new("naive", naive::count).data(bytes),
    Rung::new("cache_line", cache_line::count).data(bytes).needs(two_cores),
    Rung::new("two_lines", two_lines::count).data(bytes).needs(two_cores),
    Rung::new("single_writer", single_writer::count).data(bytes),
    Rung::new("optimized", optimized::count).data(bytes),
    Rung::new("peer", peer::count).data(bytes).needs(two_cores),
];

/// Bytes of the requests.
fn bytes(load: &Load) -> usize {
    size_of_val(load.requests.as_slice())
}

fn two_cores() -> Result<(), String> {
    match available_parallelism() {
        Ok(cores) if cores.get() > 1 => Ok(()),
        _ => Err("a second core: on one alone no line is ever taken away".to_owned()),
    }
}

/// `n` requests, answered by two workers.
pub fn two_workers(n: usize, seed: u64) -> Load {
    load(n, seed, 2)
}

/// `n` requests, answered by one worker.
pub fn one_worker(n: usize, seed: u64) -> Load {
    load(n, seed, 1)
}

/// `n` requests, answered by as many workers as there are cores.
pub fn every_core(n: usize, seed: u64) -> Load {
    load(n, seed, available_parallelism().map_or(1, usize::from))
}

/// Most answers are small and fast, a few are neither; one in fifty is an error.
fn load(n: usize, seed: u64, workers: usize) -> Load {
    let mut rng = rng(seed);
    let request = |_| {
        let (latency, bytes) = (long_tail(&mut rng, 3..21), long_tail(&mut rng, 3..25));
        let status = if rng.random_ratio(1, 50) { 503 } else { 200 };
        Request { latency, bytes, status }
    };
    Load::new(workers, (0..n).map(request).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, one_worker);
        harness::agree(RUNGS, two_workers);
        harness::agree(RUNGS, |n, seed| load(n, seed, 5));
        harness::agree_at(RUNGS, edges::edges());
    }

    #[test]
    fn totals_are_exact_under_contention() {
        for n in [50_000, 50_001] {
            for workers in [2, 3, 4] {
                let load = load(n, 1, workers);
                let sum: u64 = load.requests.iter().map(|request| u64::from(request.bytes)).sum();
                let totals = naive::count(&load);
                assert_eq!(totals.iter().map(|totals| totals.bytes).sum::<u64>(), sum);
                assert!(totals.iter().all(|totals| totals.errors > 0 && totals.slow > 0));
                harness::agree_on(RUNGS, load);
            }
        }
    }

    /// All rungs ask the same two functions, so none would disagree if a line were drawn elsewhere.
    #[test]
    fn servers_fail_from_500_on_and_people_wait_from_a_tenth_of_a_second() {
        let request = |(latency, status)| Request { latency, bytes: 10, status };
        let requests = [(0, 200), (100_000, 499), (100_001, 500), (9, 503), (99_999, 404)];
        let load = Load::new(1, requests.map(request).to_vec());
        assert_eq!(naive::count(&load), [Totals { bytes: 50, errors: 2, slow: 1 }]);
        harness::agree_on(RUNGS, load);
    }

    #[test]
    fn workers_write_as_far_apart_as_promised() {
        fn addresses<'a>(hot: impl Fn(usize) -> &'a AtomicU64) -> [usize; 2] {
            [0, 1].map(|worker| std::ptr::from_ref(hot(worker)).addr())
        }
        let statistics = naive::Statistics::new(2);
        let [first, second] = addresses(|worker| statistics.hot(worker));
        assert_eq!(second - first, 8, "eight counters fit in a line");

        let cache_line = cache_line::Statistics::new(2);
        let two_lines = two_lines::Statistics::new(2);
        let single_writer = single_writer::Statistics::new(2);
        let optimized = optimized::Statistics::new(2);
        for (rung, [first, second], distance) in [
            ("cache_line", addresses(|worker| cache_line.hot(worker)), 64),
            ("two_lines", addresses(|worker| two_lines.hot(worker)), 128),
            ("single_writer", addresses(|worker| single_writer.hot(worker)), 128),
            ("optimized", addresses(|worker| optimized.hot(worker)), 128),
        ] {
            assert_eq!(first / distance + 1, second / distance, "{rung}");
            assert_eq!(second - first, distance, "{rung}");
            assert!(first % distance + size_of::<Totals>() <= distance, "{rung}");
        }
        let peer = peer::Statistics::new(2);
        let [first, second] = addresses(|worker| peer.hot(worker));
        assert_ne!(first / 32, second / 32, "the smallest line that the crate knows");
        // What was just looked at is what is counted in, and not some other counter.
        peer.hot(1).store(7, Relaxed);
        assert_eq!((peer.totals(0).bytes, peer.totals(1).bytes), (0, 7));
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_requests(
            requests in proptest::collection::vec(any::<(u32, u32, u16)>(), 0..200),
            workers in 1_usize..6,
        ) {
            let request = |(latency, bytes, status)| Request { latency, bytes, status };
            let requests = requests.into_iter().map(request).collect();
            harness::agree_on(RUNGS, Load::new(workers, requests));
        }
    }
}
