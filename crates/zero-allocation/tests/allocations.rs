//! Zero means zero: an allocator that counts says so for each kind of event, errors included.
//!
//! The harness has an allocator of its own, and a program has room for one. So the rungs are not
//! linked here but included, without the harness.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

#[path = "../src/digits.rs"]
mod digits;
#[path = "../src/fixed_width.rs"]
mod fixed_width;
#[path = "../src/line.rs"]
mod line;
#[path = "../src/market.rs"]
mod market;
#[path = "../src/message.rs"]
mod message;
#[path = "../src/naive.rs"]
mod naive;
#[path = "../src/on_stack.rs"]
mod on_stack;
#[path = "../src/one_pass.rs"]
mod one_pass;
#[path = "../src/optimized.rs"]
mod optimized;
#[path = "../src/peer.rs"]
mod peer;
#[path = "../src/reject.rs"]
mod reject;
#[path = "../src/reuse.rs"]
mod reuse;
#[path = "../src/session.rs"]
mod session;
#[path = "../src/words.rs"]
mod words;

use market::{Feed, Instrument, Tick};
use session::Session;

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

fn count() {
    // A thread that ends may still free and allocate; that is not counted.
    let _ = CALLS.try_with(|calls| calls.set(calls.get() + 1));
}

// SAFETY: every call goes to `System` unchanged; the counter has no destructor and needs no heap.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's promise about `layout` is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: `block` came from `System` with this layout, since every call is passed on.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: `block` came from `System` with this layout, since every call is passed on.
        unsafe { System.dealloc(block, layout) }
    }
}

type Rung = (&'static str, fn(&Feed) -> Session);

/// Every rung but naive. None of them asks for memory once it is warm.
const RUNGS: &[Rung] = &[
    ("reuse", reuse::respond),
    ("digits", digits::respond),
    ("one_pass", one_pass::respond),
    ("on_stack", on_stack::respond),
    ("fixed_width", fixed_width::respond),
    ("words", words::respond),
    ("optimized", optimized::respond),
    ("peer", peer::respond),
];

/// Allocations of a call that is not the thread's first.
fn allocations(respond: fn(&Feed) -> Session, feed: &Feed) -> usize {
    drop(respond(feed));
    let before = CALLS.get();
    let session = respond(feed);
    let allocations = CALLS.get() - before;
    let answers = session.wire().len() + session.journal().len();
    assert!(answers > 0, "the event has no answer");
    allocations
}

#[test]
fn an_event_allocates_nothing() {
    let instruments =
        vec![Instrument::new("BRANINGO".to_owned(), 1_234_500, 200_000, 5_000)].leak();
    let good = Tick {
        received: 51_234_567_890,
        sequence: 4_294_967_295,
        age: 120,
        bid: 1_234_000,
        ask: 1_235_000,
        bid_size: 900,
        ask_size: 300,
        instrument: 0,
    };
    for (event, tick) in [
        ("an order", good),
        ("a stale tick", Tick { age: 70_000, ..good }),
        ("a crossed book", Tick { ask: 1_233_000, ..good }),
        ("too large an order", Tick { bid_size: 1_000_000, ..good }),
        ("a price out of band", Tick { bid: 123_400, ..good }),
    ] {
        let feed = Feed { instruments, ticks: vec![tick; 3] };
        for &(rung, respond) in RUNGS {
            assert_eq!(allocations(respond, &feed), 0, "{rung}, {event}");
        }
        assert!(allocations(naive::respond, &feed) >= 3, "naive, {event}: the counter counts");
    }
}

/// The table of the case cannot be linked here, but it can be read.
#[test]
fn no_rung_is_left_out() {
    let table = include_str!("../src/lib.rs");
    let names = table.split("Rung::new(\"").skip(1).filter_map(|rest| rest.split('"').next());
    let here = RUNGS.iter().map(|(name, _)| *name);
    assert!(names.eq(["naive"].into_iter().chain(here)), "the table of rungs has others");
}
