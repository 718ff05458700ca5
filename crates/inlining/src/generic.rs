//! The loop handed over: the other crate has the pixels, this one the arithmetic, and a generic
//! function brings them together in one place.

use crate::shot::APART;
use inlining_pixels::View;

/// The sum of the squared differences of pixels that are two apart in a row.
pub fn sharpness(frame: &View) -> u64 {
    frame.fold_pairs(APART, 0, |sum, a, b| {
        let difference = u64::from(a.abs_diff(b));
        sum + difference * difference
    })
}
