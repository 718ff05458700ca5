//! One pixel after the other.

use crate::view::View;

/// After how many steps each pixel escapes.
pub fn steps(view: &View) -> Vec<u16> {
    (0..view.pixels).map(|pixel| view.steps(pixel)).collect()
}
