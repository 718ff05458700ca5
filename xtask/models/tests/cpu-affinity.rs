//! The ring between two stages in every interleaving and with every stale value that the memory
//! model allows, and proof that a weaker order would be found out.
//!
//! The ring's own source is compiled again over loom's atomics. What loom does not see: a message
//! that is read from a store that comes later, which the model forbids only by the count of what
//! was taken. That one needs its orders as much as the count of what was sent.

#![expect(clippy::duplicate_mod, reason = "the same source over other atomics is the point")]

mod weaker;

#[path = "../../../crates/cpu-affinity/src/ring.rs"]
mod ring;

mod sync {
    pub(crate) use loom::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
}

/// Every store is relaxed, whatever the ring asks for.
#[path = "."]
mod without_release {
    #[path = "../../../crates/cpu-affinity/src/ring.rs"]
    pub(crate) mod ring;

    mod sync {
        pub(crate) use crate::weaker::without_release::AtomicUsize;
        pub(crate) use loom::sync::atomic::{AtomicU64, Ordering};
    }
}

/// Every load is relaxed, whatever the ring asks for.
#[path = "."]
mod without_acquire {
    #[path = "../../../crates/cpu-affinity/src/ring.rs"]
    pub(crate) mod ring;

    mod sync {
        pub(crate) use crate::weaker::without_acquire::AtomicUsize;
        pub(crate) use loom::sync::atomic::{AtomicU64, Ordering};
    }
}

/// One thread sends three messages through two slots, another takes them. Threads change places at
/// most three times before they have to: the number of runs grows with each.
macro_rules! check {
    ($($ring:ident)::+) => {{
        let mut model = loom::model::Builder::new();
        model.preemption_bound = Some(3);
        model.check(|| {
            let ring = loom::sync::Arc::new($($ring)::+::Ring::new(2));
            let sending = loom::thread::spawn({
                let ring = ring.clone();
                move || {
                    let mut sender = ring.sender();
                    for message in 1..=3 {
                        while sender.send(message).is_none() {
                            loom::thread::yield_now();
                        }
                    }
                }
            });
            let mut taker = ring.taker();
            for expected in 1..=3 {
                let message = loop {
                    match taker.take() {
                        Some(message) => break message,
                        None => loom::thread::yield_now(),
                    }
                };
                assert_eq!(message, expected, "another message than the one that was sent");
            }
            sending.join().unwrap();
            assert_eq!(taker.take(), None, "a message that nobody sent");
        });
    }};
}

#[test]
fn the_ring_is_right() {
    check!(ring);
}

#[test]
#[should_panic(expected = "another message")]
fn the_ring_needs_its_release() {
    check!(without_release::ring);
}

#[test]
#[should_panic(expected = "another message")]
fn the_ring_needs_its_acquire() {
    check!(without_acquire::ring);
}
