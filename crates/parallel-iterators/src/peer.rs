//! The standard library alone: scoped threads that take the next row from one shared iterator.

use std::num::NonZero;
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::view::View;

/// After how many steps each pixel escapes.
pub fn steps(view: &View) -> Vec<u16> {
    steps_on(view, thread::available_parallelism().map_or(1, NonZero::get))
}

/// The same on so many threads, of which the caller's is one.
pub fn steps_on(view: &View, threads: usize) -> Vec<u16> {
    let mut steps = vec![0; view.pixels];
    let rows = Mutex::new(steps.chunks_mut(view.width).enumerate());
    let next = || rows.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        while let Some((at, row)) = next() {
            for (steps, pixel) in row.iter_mut().zip(at * view.width..) {
                *steps = view.steps(pixel);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    steps
}
