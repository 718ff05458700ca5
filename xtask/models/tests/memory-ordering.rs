//! Every rung in every interleaving and with every stale value that the memory model allows, and
//! proof that a weaker order would be found out.
//!
//! The rungs' own source is compiled again over loom's atomics. Loom takes loads and stores that
//! are `SeqCst` for acquire and release: what passes here has not needed more. Some things it does
//! not see: stores behind a release fence count as part of it, so that it would accept a last store
//! of `optimized` that is relaxed, and it accepts a relaxed first load there. Nor does it notice a
//! reader of `optimized` that does not ask whether the version is even: the case's own tests do,
//! with a writer that stops half-way.

#![expect(clippy::duplicate_mod, reason = "the same source over other atomics is the point")]

use memory_ordering::{Totals, Trade};

mod weaker;

#[path = "../../../crates/memory-ordering/src/optimized.rs"]
mod optimized;
#[path = "../../../crates/memory-ordering/src/release_acquire.rs"]
mod release_acquire;
#[path = "../../../crates/memory-ordering/src/sequence_lock.rs"]
mod sequence_lock;
#[path = "../../../crates/memory-ordering/src/single_writer.rs"]
mod single_writer;

mod sync {
    pub(crate) use loom::sync::atomic::{AtomicU64, Ordering, fence};
}

mod totals {
    pub(crate) use memory_ordering::Totals;
}

/// The fences do nothing.
#[path = "."]
mod without_fences {
    pub(crate) use super::totals;

    #[path = "../../../crates/memory-ordering/src/optimized.rs"]
    pub(crate) mod optimized;

    mod sync {
        pub(crate) use loom::sync::atomic::{AtomicU64, Ordering};

        pub(crate) fn fence(_: Ordering) {}
    }
}

/// Every store is relaxed, whatever the rung asks for.
#[path = "."]
mod without_release {
    pub(crate) use super::totals;

    #[path = "../../../crates/memory-ordering/src/release_acquire.rs"]
    pub(crate) mod release_acquire;
    #[path = "../../../crates/memory-ordering/src/single_writer.rs"]
    pub(crate) mod single_writer;

    mod sync {
        pub(crate) use crate::weaker::without_release::AtomicU64;
        pub(crate) use loom::sync::atomic::Ordering;
    }
}

/// Every load is relaxed, whatever the rung asks for.
#[path = "."]
mod without_acquire {
    pub(crate) use super::totals;

    #[path = "../../../crates/memory-ordering/src/release_acquire.rs"]
    pub(crate) mod release_acquire;
    #[path = "../../../crates/memory-ordering/src/sequence_lock.rs"]
    pub(crate) mod sequence_lock;
    #[path = "../../../crates/memory-ordering/src/single_writer.rs"]
    pub(crate) mod single_writer;

    mod sync {
        pub(crate) use crate::weaker::without_acquire::AtomicU64;
        pub(crate) use loom::sync::atomic::Ordering;
    }
}

/// The reader's fence does nothing.
#[path = "."]
mod without_acquire_fence {
    pub(crate) use super::totals;

    #[path = "../../../crates/memory-ordering/src/optimized.rs"]
    pub(crate) mod optimized;

    mod sync {
        pub(crate) use loom::sync::atomic::{AtomicU64, Ordering};

        pub(crate) fn fence(order: Ordering) {
            if order != Ordering::Acquire {
                loom::sync::atomic::fence(order);
            }
        }
    }
}

/// A writer publishes `$publish` times and a reader looks once, at whatever moment. Threads change
/// places at most `$switches` times before they have to: the number of runs grows with each.
macro_rules! check {
    ($($rung:ident)::+, $publish:literal, $switches:literal) => {{
        let mut model = loom::model::Builder::new();
        model.preemption_bound = Some($switches);
        model.check(|| {
            use $($rung)::+::Board;
            let board = loom::sync::Arc::new(Board::new());
            let writer = loom::thread::spawn({
                let board = board.clone();
                move || {
                    let mut totals = Totals::default();
                    for _ in 0..$publish {
                        totals.add(Trade { quantity: 7 });
                        board.publish(totals);
                    }
                }
            });
            if let Some(totals) = board.try_read() {
                assert!(totals.is_whole(), "torn: {totals:?}");
                assert_eq!(totals.bought, 7 * totals.trades, "torn: {totals:?}");
            }
            writer.join().unwrap();
            board.order();
            assert_eq!(board.orders(), 1);
            let totals = board.try_read().expect("nobody writes any more");
            assert_eq!(totals.words(), [$publish, 7 * $publish, 0, 7 * $publish]);
        });
    }};
}

#[test]
fn sequence_lock_is_right() {
    check!(sequence_lock, 1, 3);
}

#[test]
fn release_acquire_is_right() {
    check!(release_acquire, 1, 3);
}

#[test]
fn single_writer_is_right() {
    check!(single_writer, 1, 3);
}

#[test]
fn optimized_is_right() {
    check!(optimized, 1, 3);
}

#[test]
#[should_panic(expected = "torn")]
fn optimized_needs_its_fences() {
    check!(without_fences::optimized, 1, 3);
}

#[test]
#[should_panic(expected = "torn")]
fn release_acquire_needs_its_release() {
    check!(without_release::release_acquire, 1, 3);
}

#[test]
#[should_panic(expected = "torn")]
fn single_writer_needs_its_release() {
    check!(without_release::single_writer, 1, 3);
}

#[test]
#[should_panic(expected = "torn")]
fn sequence_lock_needs_its_acquire() {
    check!(without_acquire::sequence_lock, 1, 3);
}

#[test]
#[should_panic(expected = "torn")]
fn release_acquire_needs_its_acquire() {
    check!(without_acquire::release_acquire, 1, 3);
}

#[test]
#[should_panic(expected = "torn")]
fn single_writer_needs_its_acquire() {
    check!(without_acquire::single_writer, 1, 3);
}

#[test]
#[should_panic(expected = "torn")]
fn optimized_needs_its_acquire_fence() {
    check!(without_acquire_fence::optimized, 1, 3);
}
