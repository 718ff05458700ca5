//! Every queue of ours in every interleaving and with every stale value that the memory model
//! allows, and proof that each of its orders is needed.
//!
//! The rungs' own source is compiled again over loom's atomics, and over slots that know who was
//! there: two threads at one slot, neither of which was surely before the other, are refused. A
//! queue has two slots and begins just before the largest number, so that indices wrap around.

/// Where indices begin: two messages before they wrap around.
const START: usize = usize::MAX - 1;
const CAPACITY: usize = 2;

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

/// A slot with a guard of loom's, who knows whether somebody else was there.
mod slot {
    use std::cell::UnsafeCell;
    use std::mem::MaybeUninit;
    use std::thread::panicking;

    pub(crate) struct Slot<T> {
        guard: loom::cell::UnsafeCell<()>,
        room: UnsafeCell<MaybeUninit<T>>,
    }

    // SAFETY: as of the slot in whose place it is; and loom runs one thread at a time.
    unsafe impl<T: Send> Sync for Slot<T> {}

    impl<T> Slot<T> {
        pub(crate) fn new() -> Self {
            let guard = loom::cell::UnsafeCell::new(());
            Self { guard, room: UnsafeCell::new(MaybeUninit::uninit()) }
        }

        /// Where somebody else was, it panics. What is dropped on the way out of that is let pass.
        fn enter(&self) {
            if !panicking() {
                self.guard.with_mut(|_| ());
            }
        }

        pub(crate) unsafe fn write(&self, message: T) {
            self.enter();
            // SAFETY: the pointer is the slot's own, and no other thread runs.
            unsafe { (*self.room.get()).write(message) };
        }

        pub(crate) unsafe fn take(&self) -> T {
            self.enter();
            // SAFETY: as above; that there is a message is for the queue to know.
            unsafe { (*self.room.get()).assume_init_read() }
        }
    }

    pub(crate) unsafe fn fill<T: Copy>(slots: &[Slot<T>], messages: &[T]) {
        assert_eq!(slots.len(), messages.len());
        for (slot, &message) in slots.iter().zip(messages) {
            // SAFETY: as the caller says of all of them.
            unsafe { slot.write(message) };
        }
    }
}

/// Loom's atomics, for threads of which one may ask for less than its rung does.
mod sync {
    use std::cell::Cell;

    use loom::sync::atomic::Ordering::Relaxed;
    pub(crate) use loom::sync::{Arc, atomic::Ordering};

    /// What a thread does without.
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub(crate) enum Without {
        Nothing,
        Acquire,
        Release,
    }

    loom::thread_local! {
        static WITHOUT: Cell<Without> = Cell::new(Without::Nothing);
    }

    loom::lazy_static! {
        static ref STEPS: loom::sync::atomic::AtomicUsize = loom::sync::atomic::AtomicUsize::new(0);
    }

    /// From here on this thread does without that.
    pub(crate) fn without(what: Without) {
        WITHOUT.with(|without| without.set(what));
    }

    fn unless(without: Without, order: Ordering) -> Ordering {
        if WITHOUT.with(Cell::get) == without { Relaxed } else { order }
    }

    /// Loom tries another order of two threads only where both come to one atomic, one behind the
    /// other. Whoever looks at an atomic and then writes to it comes behind itself. So all steps
    /// come to this one, which orders nothing.
    fn step() {
        STEPS.fetch_add(1, Relaxed);
    }

    pub(crate) struct AtomicUsize(loom::sync::atomic::AtomicUsize);

    impl AtomicUsize {
        pub(crate) fn new(value: usize) -> Self {
            Self(loom::sync::atomic::AtomicUsize::new(value))
        }

        pub(crate) fn load(&self, order: Ordering) -> usize {
            step();
            self.0.load(unless(Without::Acquire, order))
        }

        pub(crate) fn store(&self, value: usize, order: Ordering) {
            step();
            self.0.store(value, unless(Without::Release, order));
        }

        pub(crate) fn compare_exchange_weak(
            &self,
            current: usize,
            new: usize,
            success: Ordering,
            failure: Ordering,
        ) -> Result<usize, usize> {
            step();
            self.0.compare_exchange_weak(current, new, success, failure)
        }
    }
}

/// Threads change places at most three times before they have to.
fn models(run: impl Fn() + Sync + Send + 'static) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(3);
    model.check(run);
}

/// One thread sends four messages, two of them at once, and another one receives, each as often as
/// it says, whether there is room or a message, or not. What was sent is then taken: all of it, in
/// order. The sender does without the one, the receiver without the other.
macro_rules! check {
    ($rung:ident, $sender:ident, $receiver:ident) => {
        models(|| {
            let (mut sender, mut receiver) = crate::$rung::queue_at::<usize>(CAPACITY, START);
            let sending = loom::thread::spawn(move || {
                without(Without::$sender);
                let messages = [0, 1, 2, 3];
                let mut sent = 0;
                for count in [1, 2, 1, 1] {
                    let end = messages.len().min(sent + count);
                    sent += sender.send(&messages[sent..end]);
                }
                sent
            });
            without(Without::$receiver);
            let mut came = Vec::new();
            for _ in 0..2 {
                receiver.receive(|message| came.push(message));
            }
            let sent = sending.join().unwrap();
            while receiver.receive(|message| came.push(message)) > 0 {}
            assert!(came.into_iter().eq(0..sent), "lost, doubled or out of order");
        });
    };
}

/// Whatever is left in a queue when both ends are gone, in whichever order, is dropped once.
macro_rules! leftovers {
    ($rung:ident) => {
        models(|| {
            let counted = std::sync::Arc::new(());
            let (mut sender, mut receiver) = crate::$rung::queue_at(CAPACITY, START);
            let sending = loom::thread::spawn({
                let messages = [(); 2].map(|()| std::sync::Arc::clone(&counted));
                move || {
                    sender.send(&messages);
                    sender.send(&messages)
                }
            });
            receiver.receive(drop);
            drop(receiver);
            sending.join().unwrap();
            assert_eq!(std::sync::Arc::strong_count(&counted), 1);
        });
    };
}

/// Messages without a size have slots all the same, and are counted.
macro_rules! without_size {
    ($rung:ident) => {
        models(|| {
            let (mut sender, mut receiver) = crate::$rung::queue::<()>(CAPACITY);
            let sending = loom::thread::spawn(move || sender.send(&[(); 2]) + sender.send(&[()]));
            let came = receiver.receive(|()| ());
            let sent = sending.join().unwrap();
            assert_eq!(came + receiver.receive(|()| ()) + receiver.receive(|()| ()), sent);
        });
    };
}

/// Two may send: what each of them did comes once, and in its order.
#[test]
fn stamped_slots_are_right_with_two_senders() {
    models(|| {
        let (sender, mut receiver) = stamped_slots::queue_at::<usize>(CAPACITY, START);
        let sending = [10, 20].map(|first| {
            let mut sender = sender.clone();
            loom::thread::spawn(move || sender.send(&[first, first + 1]))
        });
        let mut came = Vec::new();
        receiver.receive(|message| came.push(message));
        let sent = sending.map(|sending| sending.join().unwrap());
        while receiver.receive(|message| came.push(message)) > 0 {}
        for (first, sent) in [10, 20].into_iter().zip(sent) {
            let of_one = came.iter().copied().filter(|message| message / 10 == first / 10);
            assert!(of_one.eq(first..first + sent), "lost, doubled or out of order: {came:?}");
        }
        assert_eq!(came.len(), sent.iter().sum::<usize>());
    });
}

macro_rules! tests {
    ($($rung:ident)*) => {
        mod of {
            $(
                mod $rung {
                    use crate::sync::{Without, without};
                    use crate::*;

                    #[test]
                    fn is_right() {
                        check!($rung, Nothing, Nothing);
                    }

                    #[test]
                    fn counts_messages_without_size() {
                        without_size!($rung);
                    }

                    #[test]
                    #[should_panic(expected = "Causality violation")]
                    fn needs_the_acquire_of_its_sender() {
                        check!($rung, Acquire, Nothing);
                    }

                    #[test]
                    #[should_panic(expected = "Causality violation")]
                    fn needs_the_acquire_of_its_receiver() {
                        check!($rung, Nothing, Acquire);
                    }

                    #[test]
                    #[should_panic(expected = "Causality violation")]
                    fn needs_the_release_of_its_sender() {
                        check!($rung, Release, Nothing);
                    }

                    #[test]
                    #[should_panic(expected = "Causality violation")]
                    fn needs_the_release_of_its_receiver() {
                        check!($rung, Nothing, Release);
                    }
                }
            )*
        }
    };
}

tests!(ring padded cached optimized stamped_slots);

#[test]
fn leftovers_are_dropped_once() {
    leftovers!(ring);
    leftovers!(padded);
    leftovers!(cached);
    leftovers!(stamped_slots);
}
