//! `imgref`: a picture is its pixels, a width and rows that are slices.

use crate::shot::{APART, Shot};
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

fn squares(row: &[u8]) -> u64 {
    let square = |pixels: &[u8]| {
        let difference = i32::from(pixels[APART]) - i32::from(pixels[0]);
        (difference * difference) as u64
    };
    row.windows(APART + 1).map(square).sum()
}
