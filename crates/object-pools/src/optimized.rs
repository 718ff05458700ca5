//! The slab, with tables of handles and of answers that are allocated at their full size.

use std::cell::RefCell;

use crate::slab::{Slab, serve_from};
use crate::traffic::{Answers, Traffic};

thread_local! {
    static SLAB: RefCell<Slab> = RefCell::default();
}

/// The answers to all messages whose client is still there.
pub fn serve(traffic: &Traffic) -> Answers {
    SLAB.with_borrow_mut(|slab| {
        serve_from(slab.with_capacity(traffic.capacity), traffic, traffic.messages)
    })
}
