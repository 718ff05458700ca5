//! Pictures that are narrow, low or empty, of both kinds.

use crate::scene;
use crate::shot::Shot;

/// Hand-made pictures, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Shot> {
    let mut edges = Vec::new();
    for width in (0..40).chain([63, 64, 65, 66, 67, 129, 130]) {
        for height in [0, 1, 2, 5] {
            let n = width * height;
            let scene = scene(n, width as u64);
            let light = scene.iter().map(|&luma| f32::from(luma) / 255.0).collect();
            edges.push(Shot::linear(width, height, light));
            edges.push(Shot::gray(width, height, scene));
            // Where differences are largest, and where there are none.
            let black_and_white = (0..n).map(|at| if at / 2 % 2 == 0 { 0 } else { 255 });
            edges.push(Shot::gray(width, height, black_and_white.collect()));
            edges.push(Shot::linear(width, height, vec![1.0; n]));
        }
    }
    edges
}
