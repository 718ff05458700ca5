//! Every board as it looks when its writer stops after some of its stores. A reader that comes then
//! must see nothing, and no order of threads has to be waited for to know.
//!
//! The rungs' own source is compiled again over words that take only so many stores.

#![expect(clippy::duplicate_mod, reason = "the same source over other atomics is the point")]

use crate::totals::{Totals, Trade};

#[path = "naive.rs"]
mod naive;
#[path = "optimized.rs"]
mod optimized;
#[path = "release_acquire.rs"]
mod release_acquire;
#[path = "single_writer.rs"]
mod single_writer;

mod totals {
    pub(crate) use crate::totals::Totals;
}

mod sync {
    use std::cell::Cell;
    use std::sync::atomic;
    pub(crate) use std::sync::atomic::{Ordering, fence};

    thread_local! {
        /// Stores that are still done.
        pub(super) static LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
    }

    #[derive(Default)]
    pub(crate) struct AtomicU64(atomic::AtomicU64);

    impl AtomicU64 {
        pub(crate) fn load(&self, order: Ordering) -> u64 {
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

/// The version, four words, and the version again.
const STORES: usize = 6;

macro_rules! stops {
    ($rung:ident) => {
        for stores in 0..=STORES {
            sync::LEFT.set(usize::MAX);
            let (board, mut totals) = ($rung::Board::new(), Totals::default());
            totals.add(Trade { quantity: 7 });
            board.publish(totals);
            let first = totals;
            totals.add(Trade { quantity: -9 });
            sync::LEFT.set(stores);
            board.publish(totals);
            let expected = match stores {
                0 => Some(first),
                STORES => Some(totals),
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
    stops!(naive);
    stops!(release_acquire);
    stops!(single_writer);
    stops!(optimized);
}
