//! Parts that stay small: a row is the most that a thread may hold while another has nothing to do.

use rayon::prelude::*;

use crate::view::View;

/// After how many steps each pixel escapes.
pub fn steps(view: &View) -> Vec<u16> {
    let mut steps = vec![0; view.pixels];
    let rows = steps.par_chunks_mut(view.width).enumerate().with_max_len(1);
    rows.for_each(|(at, row)| {
        for (steps, pixel) in row.iter_mut().zip(at * view.width..) {
            *steps = view.steps(pixel);
        }
    });
    steps
}
