//! The same loop over an accessor that keeps to itself what is rare.

use crate::shot::APART;
use inlining_pixels::View;

/// The sum of the squared differences of pixels that are two apart in a row.
pub fn sharpness(frame: &View) -> u64 {
    let mut sum = 0;
    for y in 0..frame.height() {
        for x in APART..frame.width() {
            let difference =
                u64::from(frame.luma_outlined(x, y).abs_diff(frame.luma_outlined(x - APART, y)));
            sum += difference * difference;
        }
    }
    sum
}
