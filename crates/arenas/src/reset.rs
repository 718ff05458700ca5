//! The same tree in the same arena every time: reset, it forgets its contents and keeps its memory.

use std::cell::RefCell;

use bumpalo::Bump;

use crate::bump;
use crate::meaning::Summary;
use crate::token::Error;

thread_local! {
    /// What a thread keeps from call to call.
    static ARENA: RefCell<Bump> = RefCell::new(Bump::new());
}

/// Parses a program, folds its tree and drops it.
///
/// # Errors
/// Says where the text stops being a program.
pub fn fold(text: &str) -> Result<Summary, Error> {
    ARENA.with_borrow_mut(|arena| {
        arena.reset();
        bump::fold_in(text, arena)
    })
}
