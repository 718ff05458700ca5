//! As many equal parts as there are threads, cut before anything is known of their cost.

use rayon::prelude::*;

use crate::view::View;

/// After how many steps each pixel escapes.
pub fn steps(view: &View) -> Vec<u16> {
    let part = view.pixels.div_ceil(rayon::current_num_threads()).max(1);
    let mut steps = vec![0; view.pixels];
    steps.par_chunks_mut(part).enumerate().for_each(|(at, steps)| {
        for (steps, pixel) in steps.iter_mut().zip(at * part..) {
            *steps = view.steps(pixel);
        }
    });
    steps
}
