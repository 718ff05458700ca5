//! What several cores do together: bandwidth of all, and what sharing costs.

use std::hint::black_box;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use protocol::{Cost, price};

use crate::affinity::pin;
use crate::{best_ns, cost, memory};

/// How long one cost is measured.
const PATIENCE: Duration = Duration::from_millis(40);
/// How long two threads contend in one run: far below a time slice, or one of them sits out.
const WINDOW: Duration = Duration::from_micros(200);
/// How often all cores walk through their memory.
const ROUNDS: usize = 16;

/// Cores that this process may use.
pub(crate) fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Bytes that all cores together read from main memory per nanosecond.
pub(crate) fn read_all_cores() -> f64 {
    let sum = memory::widest_sum();
    all_cores(|memory, round| {
        // Prefetchers differ in how many streams they like.
        black_box(sum(black_box(memory), if round % 2 == 0 { 1 } else { 4 }));
        memory.len() * 8
    })
}

/// Bytes that all cores together copy within main memory per nanosecond.
pub(crate) fn copy_all_cores() -> f64 {
    all_cores(|memory, _| {
        let (from, to) = memory.split_at_mut(memory.len() / 2);
        let half = from.len() - memory::APART / 8;
        to[memory::APART / 8..][..half].copy_from_slice(black_box(&from[..half]));
        black_box(to);
        half * 8
    })
}

/// The best rate of all cores over several rounds that they start together, each in its own
/// memory; `work` returns the bytes that it moved.
fn all_cores(work: impl Fn(&mut [u64], usize) -> usize + Sync) -> f64 {
    const EACH: usize = 64 << 20;
    /// Many cores share the caches, so each needs less to be beyond them.
    const TOGETHER: usize = 2 << 30;
    let cores = cores();
    let words = EACH.min(TOGETHER / cores) / 8;
    let barrier = Barrier::new(cores);
    let run = |core| {
        pin(core);
        let mut memory = vec![1_u64; words];
        let rounds = (0..ROUNDS).map(|round| {
            barrier.wait();
            let start = Instant::now();
            let bytes = work(&mut memory, round);
            barrier.wait();
            (bytes * cores) as f64 / start.elapsed().as_nanos().max(1) as f64
        });
        rounds.fold(0.0, f64::max)
    };
    thread::scope(|scope| {
        let run = &run;
        let threads: Vec<_> = (0..cores).map(|core| scope.spawn(move || run(core))).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).fold(0.0, f64::max)
    })
}

/// What sharing costs; without a second core there is nobody to share with.
pub(crate) fn costs() -> Vec<Cost> {
    let several = cores() > 1;
    let (counter, mutex) = (AtomicU64::new(0), Mutex::new(0_u64));
    let add = || {
        counter.fetch_add(1, Ordering::Relaxed);
    };
    let lock = || *mutex.lock().expect("nobody panicked with it") += 1;
    vec![
        cost(
            price::HANDOVER,
            several.then(hand_over),
            "two threads answer each other, each by writing a line of its own; half of a round trip",
        ),
        cost(
            "atomic fetch_add, contended",
            several.then(|| contended(add)),
            "each of two threads that do nothing else to one cache line; the middle of many runs",
        ),
        cost(
            "Mutex lock, contended",
            several.then(|| contended(lock)),
            "each of two threads that do nothing else with one std Mutex; the middle of many runs",
        ),
        cost(price::THREAD, Some(spawn()), "a thread that does nothing"),
    ]
}

/// One at a time: of several in a row, a busy machine nearly always delays one.
fn spawn() -> f64 {
    best_ns(2 * PATIENCE, || drop(thread::spawn(|| ()).join()))
}

/// Something that no other data shares a cache line with.
#[repr(align(128))]
struct Apart<T>(T);

/// Nanoseconds until a write of one core is seen by another. Each thread writes a line of its own:
/// on a common one, whoever polls takes the line from whoever is about to write it, and it travels
/// several times in a turn.
fn hand_over() -> f64 {
    const TURNS: usize = 100;
    let (question, answer) = (Apart(AtomicUsize::new(0)), Apart(AtomicUsize::new(0)));
    let (question, answer) = (&question.0, &answer.0);
    let stop = &Apart(AtomicBool::new(false)).0;
    let first = || {
        let mut turn = 0;
        let best = best_ns(PATIENCE, || {
            for _ in 0..TURNS {
                turn += 1;
                question.store(turn, Ordering::Release);
                wait_until(|| answer.load(Ordering::Acquire) == turn);
            }
        });
        stop.store(true, Ordering::Relaxed);
        best / (2 * TURNS) as f64
    };
    let second = || {
        let mut turn = 1;
        while !stop.load(Ordering::Relaxed) {
            wait_until(|| question.load(Ordering::Acquire) == turn || stop.load(Ordering::Relaxed));
            answer.store(turn, Ordering::Release);
            turn += 1;
        }
    };
    beside(first, second).unwrap_or(f64::NAN)
}

/// Runs two things at the same time, each on a core of its own, and gives what the first found;
/// nothing if it panicked.
pub(crate) fn beside<T: Send>(
    first: impl FnOnce() -> T + Send,
    second: impl FnOnce() + Send,
) -> Option<T> {
    thread::scope(|scope| {
        scope.spawn(|| {
            pin(1);
            second();
        });
        let first = scope.spawn(|| {
            pin(0);
            first()
        });
        first.join().ok()
    })
}

/// Spins, but not for ever: on a busy machine both threads may sit on one core.
fn wait_until(ready: impl Fn() -> bool) {
    let mut spins = 0;
    while !ready() {
        spins += 1;
        if spins % 512 == 0 {
            thread::yield_now();
        }
    }
}

/// Nanoseconds for one thread's operation while another does the same. The median, not the best:
/// a run in which one thread was held up was not contended.
fn contended(operation: impl Fn() + Sync) -> f64 {
    const BATCH: usize = 16;
    let (operation, done) = (&operation, Apart(AtomicUsize::new(0)));
    let done = &done.0;
    let stop = &Apart(AtomicBool::new(false)).0;
    let second = || {
        while !stop.load(Ordering::Relaxed) {
            (0..BATCH).for_each(|_| operation());
            done.fetch_add(BATCH, Ordering::Relaxed);
        }
    };
    let first = || {
        let until = Instant::now() + PATIENCE;
        let mut times = Vec::new();
        while Instant::now() < until {
            let (start, mut operations) = (Instant::now(), 0);
            let before = done.load(Ordering::Relaxed);
            while start.elapsed() < WINDOW {
                (0..BATCH).for_each(|_| operation());
                operations += BATCH;
            }
            let time = start.elapsed().as_nanos() as f64;
            let others = done.load(Ordering::Relaxed) - before;
            // Both threads had this time, so one operation took twice its share.
            if others > 0 {
                times.push(2.0 * time / (operations + others) as f64);
            }
        }
        stop.store(true, Ordering::Relaxed);
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
    };
    beside(first, second).unwrap_or(f64::NAN)
}
