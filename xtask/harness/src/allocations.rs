//! Counts what a call asks of the allocator, in all threads: thread-local counters would miss the
//! workers of a pool.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use protocol::Allocations;

use crate::heap;
use crate::rung::Rung;

/// The system's allocator with counters behind a switch. Switched off, as it is in everything
/// timed, a call costs one load and one predicted branch more.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static ON: AtomicBool = AtomicBool::new(false);
static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static REALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);
static FREED: AtomicU64 = AtomicU64::new(0);
static PEAK: AtomicU64 = AtomicU64::new(0);

#[cold]
fn count(counter: &AtomicU64, new: usize, old: usize) {
    counter.fetch_add(1, Relaxed);
    let bytes = BYTES.fetch_add(new as u64, Relaxed) + new as u64;
    let freed = FREED.fetch_add(old as u64, Relaxed) + old as u64;
    // More may be freed than was allocated: what lived before the call.
    PEAK.fetch_max(bytes.saturating_sub(freed), Relaxed);
    heap::record(new as i64 - old as i64);
}

#[cold]
fn count_free(old: usize) {
    FREED.fetch_add(old as u64, Relaxed);
    heap::record(-(old as i64));
}

// SAFETY: every call goes to `System` unchanged; the counters touch no memory but their own.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if ON.load(Relaxed) {
            count(&ALLOCATIONS, layout.size(), 0);
        }
        // SAFETY: the caller's promise about `layout` is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if ON.load(Relaxed) {
            count(&ALLOCATIONS, layout.size(), 0);
        }
        // SAFETY: the caller's promise about `layout` is passed on.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if ON.load(Relaxed) {
            count(&REALLOCATIONS, size, layout.size());
        }
        // SAFETY: `block` came from `System` with this layout, since every call is passed on.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if ON.load(Relaxed) {
            count_free(layout.size());
        }
        // SAFETY: `block` came from `System` with this layout, since every call is passed on.
        unsafe { System.dealloc(block, layout) }
    }
}

/// Calls after which counts that still change are said to vary.
const PATIENCE: usize = 8;

/// Counts one call, once three in a row ask for the same: pools, arenas and lazily made tables take
/// a few calls to settle. If they never do, the largest counts are marked as not repeatable.
pub(crate) fn of<I, O>(rung: &Rung<I, O>, input: &mut I) -> Allocations {
    let mut last = [once(rung, input), once(rung, input), once(rung, input)];
    let mut most = last[0];
    for _ in 0..PATIENCE {
        if last[0] == last[1] && last[1] == last[2] {
            return last[2];
        }
        most = largest(most, last[1]);
        last = [last[1], last[2], once(rung, input)];
    }
    Allocations { repeatable: false, ..last.into_iter().fold(most, largest) }
}

fn largest(one: Allocations, other: Allocations) -> Allocations {
    Allocations {
        allocations: one.allocations.max(other.allocations),
        reallocations: one.reallocations.max(other.reallocations),
        bytes: one.bytes.max(other.bytes),
        peak: one.peak.max(other.peak),
        repeatable: false,
    }
}

fn once<I, O>(rung: &Rung<I, O>, input: &mut I) -> Allocations {
    rung.prepared(input, |call| counted(|| drop(call())))
}

pub(crate) fn counted(call: impl FnOnce()) -> Allocations {
    for counter in [&ALLOCATIONS, &REALLOCATIONS, &BYTES, &FREED, &PEAK] {
        counter.store(0, Relaxed);
    }
    ON.store(true, Relaxed);
    call();
    ON.store(false, Relaxed);
    Allocations {
        allocations: ALLOCATIONS.load(Relaxed),
        reallocations: REALLOCATIONS.load(Relaxed),
        bytes: BYTES.load(Relaxed),
        peak: PEAK.load(Relaxed),
        repeatable: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // One test: the counters belong to the process, and tests run side by side.
    #[test]
    fn counts_are_those_of_the_call() {
        let mut calls = 0;
        let settles = Rung::reusing("settles", |kept: &mut Vec<u8>| kept.reserve(1000));
        assert_eq!(of(&settles, &mut Vec::new()).allocations, 0);
        let never = Rung::reusing("never", |n: &mut usize| {
            *n += 1;
            vec![0u8; *n]
        });
        assert!(!of(&never, &mut calls).repeatable);

        let grow = Rung::new("grow", |n: &usize| {
            let mut v: Vec<u8> = Vec::with_capacity(*n);
            v.resize(2 * n, 1);
            v
        });
        let counts = of(&grow, &mut 1000);
        assert!(counts.allocations >= 1 && counts.reallocations >= 1, "{counts:?}");
        assert!(counts.bytes >= 3000 && counts.peak >= 2000, "{counts:?}");

        let sort = Rung::in_place("sort", |v: &mut Vec<u8>| v.sort_unstable());
        let clone_is_free = of(&sort, &mut vec![3; 1 << 20]);
        assert!(clone_is_free.bytes < 1 << 20, "{clone_is_free:?}");
    }
}
