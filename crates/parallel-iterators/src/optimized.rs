//! Rows again, but the first ones are done alone: help is called only when the work has proved to
//! be worth it.

use rayon::prelude::*;

use crate::view::View;

/// Steps to take before other threads are woken: somewhat more work than it costs to wake them.
const ALONE: u64 = 1 << 13;

/// After how many steps each pixel escapes.
pub fn steps(view: &View) -> Vec<u16> {
    let mut steps = vec![0; view.pixels];
    let mut rows = steps.chunks_mut(view.width).enumerate();
    let (mut taken, mut done) = (0, 0);
    while taken < ALONE
        && let Some((at, row)) = rows.next()
    {
        taken += fill(view, at, row) + row.len() as u64;
        done += row.len();
    }
    if done < view.pixels {
        let first = done / view.width;
        let rows = steps[done..].par_chunks_mut(view.width).enumerate().with_max_len(1);
        rows.for_each(|(at, row)| {
            fill(view, first + at, row);
        });
    }
    steps
}

/// Does one row and says how many steps it took.
fn fill(view: &View, at: usize, row: &mut [u16]) -> u64 {
    for (steps, pixel) in row.iter_mut().zip(at * view.width..) {
        *steps = view.steps(pixel);
    }
    row.iter().copied().map(u64::from).sum()
}
