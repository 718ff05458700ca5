//! The allocator of every bench binary: it counts what all threads ask for (thread-local counters
//! would miss the workers of a pool), and tells the [`trace`] what is alive.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use protocol::Allocations;

use crate::trace;

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
    trace::record(new as i64 - old as i64);
}

#[cold]
fn count_free(old: usize) {
    FREED.fetch_add(old as u64, Relaxed);
    trace::record(-(old as i64));
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

/// What a call asks for.
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
        faults: None,
    }
}
