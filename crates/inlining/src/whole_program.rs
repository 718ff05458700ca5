//! The same loop over the very accessor of `naive`, which is a module of this crate here: the
//! compiler sees both sides, as it does in a build with link-time optimization.

use crate::shot::APART;
use pixels::View;

/// The other crate's file, compiled with this one.
#[path = "../pixels/src/view.rs"]
pub mod pixels;

/// The sum of the squared differences of pixels that are two apart in a row.
pub fn sharpness(frame: &View) -> u64 {
    let mut sum = 0;
    for y in 0..frame.height() {
        for x in APART..frame.width() {
            let difference = u64::from(frame.luma(x, y).abs_diff(frame.luma(x - APART, y)));
            sum += difference * difference;
        }
    }
    sum
}
