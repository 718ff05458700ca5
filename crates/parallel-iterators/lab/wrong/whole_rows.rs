//! Makes room for whole rows and cuts the last one afterwards: no memory holds a row that is far
//! longer than the picture.

use parallel_iterators::View;
use rayon::prelude::*;

/// After how many steps each pixel escapes.
pub fn steps(view: &View) -> Vec<u16> {
    let rows = view.pixels.div_ceil(view.width);
    let mut steps = vec![0; rows.checked_mul(view.width).expect("rows fit into memory")];
    steps.par_chunks_mut(view.width).enumerate().for_each(|(at, row)| {
        for (steps, pixel) in row.iter_mut().zip(at * view.width..view.pixels) {
            *steps = view.steps(pixel);
        }
    });
    steps.truncate(view.pixels);
    steps
}
