//! `imgref`: a picture is its pixels, a width and rows that are slices. What is done with a row is
//! not the crate's business: the arithmetic is that of [`rows`](crate::rows).

use crate::rows::squares;
use crate::shot::Shot;
use imgref::ImgRef;
use inlining_pixels::{Samples, View};

/// The sum of the squared differences of pixels that are two apart in a row.
pub fn sharpness(shot: &Shot) -> u64 {
    if shot.width == 0 {
        return 0;
    }
    let (width, height) = (shot.width, shot.height);
    match shot.samples() {
        Samples::Gray(samples) => ImgRef::new(samples, width, height).rows().map(squares).sum(),
        Samples::Linear(samples) => {
            let encoded = |row| {
                let row = View::new(width, 1, Samples::Linear(row));
                (0..width).map(|x| row.luma(x, 0)).collect::<Vec<u8>>()
            };
            let rows = ImgRef::new(samples, width, height).rows().map(encoded);
            rows.map(|row| squares(&row)).sum()
        }
    }
}
