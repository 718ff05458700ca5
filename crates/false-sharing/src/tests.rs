//! Every rung against naive, the addresses that it promises, and a monitor beside its workers.

use super::*;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicBool, AtomicU64, fence};

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
    let branch_free = branch_free::Statistics::new(2);
    let optimized = optimized::Statistics::new(2);
    for (rung, [first, second], distance) in [
        ("cache_line", addresses(|worker| cache_line.hot(worker)), 64),
        ("two_lines", addresses(|worker| two_lines.hot(worker)), 128),
        ("single_writer", addresses(|worker| single_writer.hot(worker)), 128),
        ("branch_free", addresses(|worker| branch_free.hot(worker)), 128),
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

#[test]
fn a_monitor_reads_while_workers_count() {
    macro_rules! read_while_counting {
        ($($rung:ident)*) => {$(
            let statistics = $rung::Statistics::new(2);
            let add = |worker, requests: &[_]| statistics.add(worker, requests);
            read_while_counting(stringify!($rung), add, |worker| statistics.totals(worker));
        )*};
    }
    read_while_counting!(naive cache_line two_lines single_writer branch_free optimized peer);
}

/// How often a worker has begun to count a round of requests, and how often it was done with it.
#[derive(Default)]
struct Rounds {
    begun: AtomicU64,
    done: AtomicU64,
}

/// Two workers count the same requests round after round. What is read of a worker meanwhile is
/// never below the rounds that were done before, never above those that were begun by then, and
/// never less than was read before. It has to be seen within a round, too.
fn read_while_counting(
    rung: &str,
    add: impl Fn(usize, &[Request]) + Sync,
    totals: impl Fn(usize) -> Totals,
) {
    let requests = load(5_000, 1, 1).requests;
    let [round] = naive::count(&Load::new(1, requests.clone()))[..] else { unreachable!() };
    let rounds = [Rounds::default(), Rounds::default()];
    let enough = AtomicBool::new(false);
    let work = |worker: usize| {
        while !enough.load(Relaxed) {
            rounds[worker].begun.fetch_add(1, Relaxed);
            fence(Release); // who sees anything of this round sees that it has begun
            add(worker, &requests);
            rounds[worker].done.fetch_add(1, Release);
        }
    };
    let (mut within, mut wrong) = ([0, 0], None);
    std::thread::scope(|scope| {
        let work = &work;
        for worker in [0, 1] {
            scope.spawn(move || work(worker));
        }
        let mut before = [[0; 3]; 2];
        for worker in [0, 1].into_iter().cycle().take(100_000) {
            let done = rounds[worker].done.load(Acquire);
            let now = figures(totals(worker));
            fence(Acquire);
            let begun = rounds[worker].begun.load(Relaxed);
            for (at, round) in figures(round).into_iter().enumerate() {
                let fits = before[worker][at].max(round * done)..=round * begun;
                if !fits.contains(&now[at]) {
                    wrong = Some(format!("figure {at} of {worker}: {} not in {fits:?}", now[at]));
                }
            }
            within[worker] += usize::from(!now[0].is_multiple_of(round.bytes));
            before[worker] = now;
            if wrong.is_some() || within.iter().all(|times| *times >= 10) {
                break;
            }
            std::thread::yield_now(); // the workers may have no other core
        }
        enough.store(true, Relaxed); // and not after an assertion, which would leave them at work
    });
    assert_eq!(wrong, None, "{rung}");
    assert!(within.iter().all(|times| *times >= 10), "{rung}: seen within rounds {within:?}");
    for worker in [0, 1] {
        let done = rounds[worker].done.load(Relaxed);
        assert_eq!(figures(totals(worker)), figures(round).map(|round| round * done), "{rung}");
    }
}

fn figures(Totals { bytes, errors, slow }: Totals) -> [u64; 3] {
    [bytes, errors, slow]
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
