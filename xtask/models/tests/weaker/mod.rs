//! Loom's atomics with weaker orders than they are asked for: whoever needs the order must fail.

#![expect(dead_code, reason = "no model needs all of them")]

use loom::sync::atomic::Ordering;

/// An atomic of loom's with these orders for loads and stores, given the one that is asked for.
macro_rules! atomic {
    ($name:ident, $of:ty, $load:expr, $store:expr) => {
        #[derive(Debug, Default)]
        pub(crate) struct $name(loom::sync::atomic::$name);

        impl $name {
            pub(crate) fn new(value: $of) -> Self {
                Self(loom::sync::atomic::$name::new(value))
            }

            pub(crate) fn load(&self, order: Ordering) -> $of {
                self.0.load($load(order))
            }

            pub(crate) fn store(&self, value: $of, order: Ordering) {
                self.0.store(value, $store(order));
            }

            pub(crate) fn fetch_add(&self, value: $of, order: Ordering) -> $of {
                self.0.fetch_add(value, order)
            }
        }
    };
}

fn asked(order: Ordering) -> Ordering {
    order
}

fn relaxed(_: Ordering) -> Ordering {
    Ordering::Relaxed
}

/// Every store is relaxed.
pub(crate) mod without_release {
    use super::{Ordering, asked, relaxed};

    atomic!(AtomicU64, u64, asked, relaxed);
    atomic!(AtomicUsize, usize, asked, relaxed);
}

/// Every load is relaxed.
pub(crate) mod without_acquire {
    use super::{Ordering, asked, relaxed};

    atomic!(AtomicU64, u64, relaxed, asked);
    atomic!(AtomicUsize, usize, relaxed, asked);
}
