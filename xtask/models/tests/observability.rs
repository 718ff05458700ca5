//! The ring of observability in every interleaving and with every stale value that the memory model
//! allows, and proof that a weaker order would be found out.
//!
//! The ring's own source is compiled again over loom's atomics and its lock. Loom runs a load
//! before whatever comes behind it, so it does not see that a collector may be overtaken by the
//! thread that writes over what it reads: that the number of what was collected is released, and
//! acquired before a slot is used again, is not proven here.

#![expect(clippy::duplicate_mod, reason = "the same source over other atomics is the point")]

mod record;
mod weaker;

#[path = "../../../crates/observability/src/ring.rs"]
mod ring;

mod sync {
    pub(crate) use loom::sync::atomic::{AtomicU64, Ordering};
    pub(crate) use loom::sync::{Mutex, MutexGuard};
    pub(crate) use std::sync::PoisonError;
}

/// Every store is relaxed, whatever the ring asks for.
#[path = "."]
mod without_release {
    pub(crate) use super::record;

    #[path = "../../../crates/observability/src/ring.rs"]
    pub(crate) mod ring;

    mod sync {
        pub(crate) use super::super::sync::{Mutex, MutexGuard, PoisonError};
        pub(crate) use crate::weaker::without_release::AtomicU64;
        pub(crate) use loom::sync::atomic::Ordering;
    }
}

/// Every load is relaxed, whatever the ring asks for.
#[path = "."]
mod without_acquire {
    pub(crate) use super::record;

    #[path = "../../../crates/observability/src/ring.rs"]
    pub(crate) mod ring;

    mod sync {
        pub(crate) use super::super::sync::{Mutex, MutexGuard, PoisonError};
        pub(crate) use crate::weaker::without_acquire::AtomicU64;
        pub(crate) use loom::sync::atomic::Ordering;
    }
}

/// A thread traces `$records` spans into a ring with room for `$room`, while a collector comes by.
macro_rules! check {
    ($($module:ident)::+, $room:literal, $records:literal) => {{
        use $($module)::+::{Ring, Sink};
        let mut model = loom::model::Builder::new();
        model.preemption_bound = Some(3);
        model.check(|| {
            let record = |n: u64| record::Record { place: n, field: n, start: n, end: n };
            let shared = loom::sync::Arc::new((Ring::new($room), Sink::new(Vec::new())));
            let collector = loom::thread::spawn({
                let shared = shared.clone();
                move || shared.0.collect(&shared.1)
            });
            (1..=$records).for_each(|n| shared.0.push(record(n), &shared.1));
            collector.join().unwrap();
            shared.0.collect(&shared.1);
            let seen = std::mem::take(&mut *shared.1.lock().unwrap());
            let expected: Vec<_> = (1..=$records).map(record).collect();
            assert_eq!(seen, expected, "lost, doubled or torn");
        });
    }};
}

#[test]
fn nothing_is_lost_doubled_or_torn() {
    check!(ring, 2, 3);
}

#[test]
fn nothing_is_lost_where_there_is_room_for_one() {
    check!(ring, 1, 3);
}

#[test]
#[should_panic(expected = "torn")]
fn a_record_comes_before_its_number() {
    check!(without_release::ring, 2, 2);
}

#[test]
#[should_panic(expected = "torn")]
fn a_number_is_seen_before_its_record() {
    check!(without_acquire::ring, 2, 2);
}
