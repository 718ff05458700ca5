//! What single operations cost on one core, in nanoseconds.

use std::hint::black_box;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use protocol::{Cost, price};
use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::{best_ns, cost, device, pages};

/// How long one cost is measured.
const PATIENCE: Duration = Duration::from_millis(15);
/// Repetitions in one run: long beside the clock's own cost, short beside a time slice.
const OFTEN: usize = 2_000;

/// Everything that one thread can find out.
pub(crate) fn all() -> Vec<Cost> {
    let (atomic, mutex) = (AtomicU64::new(0), Mutex::new(0_u64));
    let (atomic, mutex) = (black_box(&atomic), black_box(&mutex));
    let handed_over = pages::handed_over();
    vec![
        cost(
            price::GUESS,
            Some(mispredict()),
            "a branch on random bits, less the same on sorted bits, for each wrong guess",
        ),
        cost("indirect call", Some(indirect_call()), "through a function pointer, well predicted"),
        cost(
            price::ATOMIC,
            Some(each(|| {
                atomic.fetch_add(1, Ordering::Relaxed);
            })),
            "no other thread uses the cache line",
        ),
        cost(
            "Mutex lock, alone",
            Some(each(|| *mutex.lock().expect("nobody panicked with it") += 1)),
            "std's Mutex: lock, add and unlock; no other thread wants it",
        ),
        cost(
            price::ALLOCATION,
            Some(each(|| drop(black_box(Vec::<u8>::with_capacity(64))))),
            "64 bytes with the system's allocator, freed at once",
        ),
        cost(
            "Instant::now",
            Some(each(|| {
                black_box(Instant::now());
            })),
            "reading the clock",
        ),
        cost(price::SYSTEM_CALL, system_call(), "getppid: into the kernel and back, nothing else"),
        cost(
            price::RING,
            device::no_op(),
            "io_uring: nothing to do is handed over and waited for, in one system call",
        ),
        cost(
            price::FAULT,
            handed_over.map(|pages| pages[0]),
            "first touch of a fresh page of the usual size",
        ),
        cost(
            price::GIVEN_BACK,
            handed_over.map(|pages| pages[1]),
            "one of many that were touched, when the system takes them back",
        ),
    ]
}

fn each(mut operation: impl FnMut()) -> f64 {
    best_ns(PATIENCE, || (0..OFTEN).for_each(|_| operation())) / OFTEN as f64
}

/// Fresh bits in each run, because a predictor learns any pattern that comes back soon.
fn mispredict() -> f64 {
    const BITS: usize = 1 << 14;
    const PATTERNS: usize = 64;
    let mut dice = Pcg64Mcg::seed_from_u64(0);
    let random: Vec<bool> = (0..BITS * PATTERNS).map(|_| dice.next_u32() >> 31 == 1).collect();
    let mut sorted = random.clone();
    sorted.chunks_mut(BITS).for_each(<[bool]>::sort_unstable);
    let time = |bits: &[bool]| {
        let mut patterns = bits.chunks(BITS).cycle();
        best_ns(PATIENCE, || count(patterns.next().expect("a cycle has no end")))
    };
    // A coin is guessed wrong half of the time.
    (time(&random) - time(&sorted)).max(0.0) / (BITS / 2) as f64
}

/// The black box keeps the branch a branch: what it holds cannot be executed on suspicion.
#[inline(never)]
fn count(bits: &[bool]) {
    for bit in bits {
        if *bit {
            black_box(());
        }
    }
}

fn indirect_call() -> f64 {
    let function: fn(u64) -> u64 = black_box(next);
    let mut x = 0;
    each(|| x = function(x))
}

#[inline(never)]
fn next(x: u64) -> u64 {
    x.wrapping_add(1)
}

/// Linux serves some calls without entering the kernel, but not this one.
#[cfg(target_os = "linux")]
fn system_call() -> Option<f64> {
    Some(each(|| {
        // SAFETY: the call takes no arguments and changes nothing.
        black_box(unsafe { libc::syscall(libc::SYS_getppid) });
    }))
}

/// The library enters the kernel for it each time.
#[cfg(all(unix, not(target_os = "linux")))]
fn system_call() -> Option<f64> {
    Some(each(|| {
        // SAFETY: the call takes no arguments and changes nothing.
        black_box(unsafe { libc::getppid() });
    }))
}

/// Not on this system.
#[cfg(not(unix))]
fn system_call() -> Option<f64> {
    None
}
