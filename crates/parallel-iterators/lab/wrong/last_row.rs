//! Hands out whole rows, and leaves the last one where it is cut short.

use parallel_iterators::View;
use rayon::prelude::*;

/// After how many steps each pixel escapes.
pub fn steps(view: &View) -> Vec<u16> {
    let mut steps = vec![0; view.pixels];
    steps.par_chunks_exact_mut(view.width).enumerate().for_each(|(at, row)| {
        for (steps, pixel) in row.iter_mut().zip(at * view.width..) {
            *steps = view.steps(pixel);
        }
    });
    steps
}
