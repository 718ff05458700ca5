//! Every board as it looks when its writer stops after some of its stores, and as a reader sees it
//! that is overtaken by a writer. Either must see nothing, and no order of threads has to be waited
//! for to know.
//!
//! The rungs' own source is compiled again over words that take only so many stores, and that call
//! a writer between two loads.

#![expect(clippy::duplicate_mod, reason = "the same source over other atomics is the point")]

use std::rc::Rc;

use crate::totals::{Totals, Trade};

#[path = "optimized.rs"]
mod optimized;
#[path = "release_acquire.rs"]
mod release_acquire;
#[path = "sequence_lock.rs"]
mod sequence_lock;
#[path = "single_writer.rs"]
mod single_writer;

mod totals {
    pub(crate) use crate::totals::Totals;
}

mod sync {
    use std::cell::{Cell, RefCell};
    use std::sync::atomic;
    pub(crate) use std::sync::atomic::{Ordering, fence};

    /// What happens before a load, and before how many others.
    type Writer = (usize, Box<dyn FnOnce()>);

    thread_local! {
        /// Stores that are still done.
        pub(super) static LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
        /// Who comes in between.
        pub(super) static WRITER: RefCell<Option<Writer>> = const { RefCell::new(None) };
    }

    #[derive(Default)]
    pub(crate) struct AtomicU64(atomic::AtomicU64);

    impl AtomicU64 {
        pub(crate) fn load(&self, order: Ordering) -> u64 {
            match WRITER.take() {
                Some((0, writes)) => writes(),
                Some((loads, writes)) => WRITER.set(Some((loads - 1, writes))),
                None => {}
            }
            self.0.load(order)
        }

        pub(crate) fn store(&self, value: u64, order: Ordering) {
            if let Some(left) = LEFT.get().checked_sub(1) {
                LEFT.set(left);
                self.0.store(value, order);
            }
        }

        pub(crate) fn fetch_add(&self, value: u64, order: Ordering) -> u64 {
            let before = self.0.load(Ordering::Relaxed);
            self.store(
                before + value,
                if order == Ordering::SeqCst { order } else { Ordering::Release },
            );
            before
        }
    }
}

/// The version, four words, and the version again: so many stores, and so many loads.
const STORES: usize = 6;

/// What is published first, and then.
fn totals() -> [Totals; 2] {
    let mut first = Totals::default();
    first.add(Trade { quantity: 7 });
    let mut second = first;
    second.add(Trade { quantity: -9 });
    [first, second]
}

macro_rules! stops {
    ($rung:ident) => {
        for stores in 0..=STORES {
            sync::LEFT.set(usize::MAX);
            let (board, [first, second]) = ($rung::Board::new(), totals());
            board.publish(first);
            sync::LEFT.set(stores);
            board.publish(second);
            let expected = match stores {
                0 => Some(first),
                STORES => Some(second),
                _ => None,
            };
            assert_eq!(board.try_read(), expected, "{} after {stores} stores", stringify!($rung));
            sync::LEFT.set(usize::MAX);
            board.order();
            board.order();
            assert_eq!(board.orders(), 2);
        }
    };
}

#[test]
fn totals_that_are_just_being_replaced_are_not_read() {
    stops!(sequence_lock);
    stops!(release_acquire);
    stops!(single_writer);
    stops!(optimized);
}

macro_rules! overtakes {
    ($rung:ident) => {
        for published in [0, 1, 2] {
            for loads in 0..STORES {
                let (board, [first, second]) = (Rc::new($rung::Board::new()), totals());
                (0..published).for_each(|_| board.publish(first));
                let writes = Rc::clone(&board);
                sync::WRITER.set(Some((loads, Box::new(move || writes.publish(second)))));
                let expected = (loads == 0).then_some(second);
                assert_eq!(board.try_read(), expected, "{} at {loads}", stringify!($rung));
            }
        }
    };
}

#[test]
fn totals_that_are_replaced_while_they_are_read_are_not_read() {
    overtakes!(sequence_lock);
    overtakes!(release_acquire);
    overtakes!(single_writer);
    overtakes!(optimized);
}
