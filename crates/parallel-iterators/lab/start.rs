//! After how many steps each pixel escapes: one pixel after the other.

use parallel_iterators::View;

/// After how many steps each pixel escapes.
pub fn steps(view: &View) -> Vec<u16> {
    // TODO: make it faster; the picture must stay the same.
    (0..view.pixels).map(|pixel| view.steps(pixel)).collect()
}
