//! What the other models try in all orders with four messages, in random orders with hundreds:
//! rings go round many times, batches are of all lengths, and ends come and go. Shuttle knows no
//! stale values, so these runs prove nothing of orders; they find what a short run is over before.
//! The scheduler favours few changes of place at unlikely moments (Burckhardt and others, "A
//! randomized scheduler with probabilistic guarantees of finding bugs", 2010). Seeds are fixed: a
//! run that fails fails again.

#![expect(clippy::duplicate_mod, reason = "the same source over other atomics is the point")]
#![expect(dead_code, reason = "no model needs all of a rung")]

use std::sync::Arc;

use shuttle::scheduler::{PctScheduler, RandomScheduler};
use shuttle::sync::atomic::{AtomicUsize, Ordering};
use shuttle::{Config, Runner};

const SEED: u64 = 1;
/// Runs of each scheduler.
const RUNS: usize = 300;
/// Moments of a run at which threads change places though neither has to.
const CHANGES: usize = 3;

mod record;

#[path = "../../../crates/lock-free-queues/src/cached.rs"]
mod cached;
#[path = "../../../crates/lock-free-queues/src/line.rs"]
mod line;
#[path = "../../../crates/lock-free-queues/src/optimized.rs"]
mod optimized;
#[path = "../../../crates/lock-free-queues/src/padded.rs"]
mod padded;
#[path = "../../../crates/lock-free-queues/src/ring.rs"]
mod ring;
#[path = "../../../crates/lock-free-queues/src/slots.rs"]
mod slots;
#[path = "../../../crates/lock-free-queues/src/stamped_slots.rs"]
mod stamped_slots;

mod sync {
    pub(crate) use shuttle::sync::atomic::{AtomicUsize, Ordering};
    pub(crate) use std::sync::Arc;
}

/// A slot that knows whether somebody is there, and whether it has a message.
mod slot {
    use std::sync::Mutex;

    use shuttle::sync::atomic::AtomicBool;
    use shuttle::sync::atomic::Ordering::SeqCst;

    pub(crate) struct Slot<T> {
        taken: AtomicBool,
        message: Mutex<Option<T>>,
    }

    impl<T> Slot<T> {
        pub(crate) fn new() -> Self {
            Self { taken: AtomicBool::new(false), message: Mutex::new(None) }
        }

        /// Does something here, between two moments at which others may come.
        fn alone<R>(&self, work: impl FnOnce(&mut Option<T>) -> R) -> R {
            assert!(!self.taken.swap(true, SeqCst), "two at one slot");
            let done = work(&mut self.message.lock().unwrap());
            self.taken.store(false, SeqCst);
            done
        }

        pub(crate) unsafe fn write(&self, message: T) {
            let before = self.alone(|room| room.replace(message));
            assert!(before.is_none(), "written over");
        }

        pub(crate) unsafe fn take(&self) -> T {
            self.alone(Option::take).expect("there is no message")
        }
    }

    pub(crate) unsafe fn fill<T: Copy>(slots: &[Slot<T>], messages: &[T]) {
        assert_eq!(slots.len(), messages.len());
        for (slot, &message) in slots.iter().zip(messages) {
            // SAFETY: it checks by itself that it is used as it may be.
            unsafe { slot.write(message) };
        }
    }
}

/// The ring of observability.
#[path = "."]
mod traced {
    #[path = "../../../crates/observability/src/ring.rs"]
    pub(crate) mod ring;

    pub(crate) use super::record;

    mod sync {
        pub(crate) use shuttle::sync::atomic::{AtomicU64, Ordering};
        pub(crate) use shuttle::sync::{Mutex, MutexGuard};
        pub(crate) use std::sync::PoisonError;
    }
}

/// Queues over an atomic with a fault, which needs a long run or two senders: what it stores in
/// place of a value, and how it compares and exchanges.
macro_rules! over {
    ($module:ident, $stored:expr, $exchange:expr) => {
        #[path = "."]
        mod $module {
            #[path = "../../../crates/lock-free-queues/src/line.rs"]
            mod line;
            #[path = "../../../crates/lock-free-queues/src/ring.rs"]
            pub(crate) mod ring;
            #[path = "../../../crates/lock-free-queues/src/slots.rs"]
            mod slots;
            #[path = "../../../crates/lock-free-queues/src/stamped_slots.rs"]
            pub(crate) mod stamped_slots;

            pub(crate) use super::slot;

            mod sync {
                pub(crate) use std::sync::Arc;

                use shuttle::sync::atomic;
                pub(crate) use shuttle::sync::atomic::Ordering;

                pub(crate) struct AtomicUsize(atomic::AtomicUsize);

                impl AtomicUsize {
                    pub(crate) fn new(value: usize) -> Self {
                        Self(atomic::AtomicUsize::new(value))
                    }

                    pub(crate) fn load(&self, order: Ordering) -> usize {
                        self.0.load(order)
                    }

                    pub(crate) fn store(&self, value: usize, order: Ordering) {
                        let stored: fn(usize) -> usize = $stored;
                        self.0.store(stored(value), order);
                    }

                    pub(crate) fn compare_exchange_weak(
                        &self,
                        current: usize,
                        new: usize,
                        success: Ordering,
                        failure: Ordering,
                    ) -> Result<usize, usize> {
                        $exchange(&self.0, current, new, success, failure)
                    }
                }
            }
        }
    };
}

// Counts are stored in a byte.
over!(in_a_byte, |value| value & 0xff, atomic::AtomicUsize::compare_exchange_weak);
// It compares first and exchanges then.
over!(in_two_steps, |value| value, crate::in_two_steps);

fn in_two_steps(
    atomic: &AtomicUsize,
    current: usize,
    new: usize,
    success: Ordering,
    failure: Ordering,
) -> Result<usize, usize> {
    match atomic.load(failure) {
        now if now == current => {
            atomic.store(new, success);
            Ok(current)
        }
        now => Err(now),
    }
}

/// Runs this in many orders, those of either scheduler.
fn runs(run: impl Fn() + Send + Sync + 'static) {
    let run = Arc::new(run);
    let config = || {
        let mut config = Config::new();
        config.silence_warnings = true; // of orders, which the other models are for
        config
    };
    let again = Arc::clone(&run);
    Runner::new(RandomScheduler::new_from_seed(SEED, RUNS), config()).run(move || again());
    let few = PctScheduler::new_from_seed(SEED, CHANGES, RUNS);
    Runner::new(few, config()).run(move || run());
}

/// Lengths of batches, one after the other: none to more than there is room for.
fn lengths(first: usize) -> impl Iterator<Item = usize> {
    (first..).map(|step| step * 7 % 6)
}

/// One thread sends so many messages through a few slots in batches of all lengths, and another one
/// takes them: all of them, in order, and what is left is dropped once.
macro_rules! all_come {
    ($($rung:ident)::+, $messages:expr) => {
        runs(|| {
            const MESSAGES: usize = $messages;
            let (mut sender, mut receiver) = $($rung)::+::queue_at::<usize>(4, 0);
            let sending = shuttle::thread::spawn(move || {
                let messages: Vec<usize> = (0..MESSAGES).collect();
                let (mut sent, mut lengths) = (0, lengths(1));
                while sent < MESSAGES {
                    let length = lengths.next().unwrap().min(MESSAGES - sent);
                    let gone = sender.send(&messages[sent..sent + length]);
                    assert!(gone <= length);
                    sent += gone;
                    if gone < length {
                        shuttle::thread::yield_now();
                    }
                }
            });
            let mut next = 0;
            while next < MESSAGES {
                let came = receiver.receive(|message| {
                    assert_eq!(message, next, "lost, doubled or out of order");
                    next += 1;
                });
                if came == 0 {
                    shuttle::thread::yield_now();
                }
            }
            sending.join().unwrap();
            assert_eq!(receiver.receive(|_| ()), 0, "a message that nobody sent");
        })
    };
}

/// Two send at once: what each of them sent comes once, and in its order.
macro_rules! two_senders {
    ($($rung:ident)::+, $messages:expr) => {
        runs(|| {
            const MESSAGES: usize = $messages;
            let (sender, mut receiver) = $($rung)::+::queue_at::<(usize, usize)>(4, 0);
            let sending = [0, 1].map(|who| {
                let mut sender = sender.clone();
                shuttle::thread::spawn(move || {
                    let messages: Vec<_> = (0..MESSAGES).map(|n| (who, n)).collect();
                    let (mut sent, mut lengths) = (0, lengths(who + 1));
                    while sent < MESSAGES {
                        let length = lengths.next().unwrap().min(MESSAGES - sent);
                        let gone = sender.send(&messages[sent..sent + length]);
                        sent += gone;
                        if gone < length {
                            shuttle::thread::yield_now();
                        }
                    }
                })
            });
            let mut next = [0, 0];
            while next != [MESSAGES; 2] {
                let came = receiver.receive(|(who, n)| {
                    assert_eq!(n, next[who], "lost, doubled or out of order");
                    next[who] += 1;
                });
                if came == 0 {
                    shuttle::thread::yield_now();
                }
            }
            sending.into_iter().for_each(|sending| sending.join().unwrap());
        })
    };
}

#[test]
fn rings_go_round_many_times() {
    all_come!(ring, 60);
    all_come!(padded, 60);
    all_come!(cached, 60);
    all_come!(optimized, 60);
    all_come!(stamped_slots, 60);
}

#[test]
fn stamped_slots_are_right_with_two_senders() {
    two_senders!(stamped_slots, 40);
}

/// More messages than a byte counts.
#[test]
#[should_panic(expected = "two at one slot")]
fn a_count_in_a_byte_is_found_by_a_long_run() {
    all_come!(in_a_byte::ring, 300);
}

/// And no fewer: a short run is over before.
#[test]
fn a_count_in_a_byte_is_not_found_by_a_short_run() {
    all_come!(in_a_byte::ring, 60);
}

#[test]
#[should_panic(expected = "written over")]
fn a_comparison_apart_from_its_exchange_is_found() {
    two_senders!(in_two_steps::stamped_slots, 40);
}

/// Two collectors come by while a thread traces many times as much as its ring has room for.
#[test]
fn records_come_once_and_in_order() {
    use record::Record;
    use traced::ring::{Ring, Sink};
    const RECORDS: u64 = 60;
    runs(|| {
        let record = |n: u64| Record { place: n, field: n, start: n, end: n };
        let shared = Arc::new((Ring::new(4), Sink::new(Vec::new())));
        let collectors = [(); 2].map(|()| {
            let shared = Arc::clone(&shared);
            shuttle::thread::spawn(move || {
                for _ in 0..10 {
                    shared.0.collect(&shared.1);
                }
            })
        });
        (0..RECORDS).for_each(|n| shared.0.push(record(n), &shared.1));
        collectors.into_iter().for_each(|collector| collector.join().unwrap());
        shared.0.collect(&shared.1);
        let seen = std::mem::take(&mut *shared.1.lock().unwrap());
        assert!(seen.into_iter().eq((0..RECORDS).map(record)), "lost, doubled or torn");
    });
}
