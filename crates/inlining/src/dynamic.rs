//! The same loop over a trait object, which takes pictures of any kind.

use crate::shot::APART;
use inlining_pixels::Luma;

/// The sum of the squared differences of pixels that are two apart in a row.
pub fn sharpness(frame: &dyn Luma) -> u64 {
    let mut sum = 0;
    for y in 0..frame.height() {
        for x in APART..frame.width() {
            let difference = u64::from(frame.luma(x, y).abs_diff(frame.luma(x - APART, y)));
            sum += difference * difference;
        }
    }
    sum
}
