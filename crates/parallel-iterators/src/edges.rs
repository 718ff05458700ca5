//! Views of one pixel, of one column, with a last row that is cut short, and points whose fate is
//! known.

use crate::view::View;

/// Hand-made views, for the tests and for the gate before the clock.
pub fn edges() -> Vec<View> {
    let mut edges = Vec::new();
    for (width, pixels) in [
        (1, 0),
        (1, 1),
        (1, 100),
        (7, 1),
        (7, 6),
        (7, 7),
        (7, 8),
        (7, 100),
        (64, 63),
        (64, 65),
        (100, 1_000),
        (100, 1_001),
        (1_000, 999),
        (usize::MAX, 5),
    ] {
        // Inside, outside, across the edge, and in the other direction.
        for (left, top, step) in [
            (0.0, 0.0, 0.0),
            (3.0, 3.0, 0.1),
            (-2.0, 1.0, 0.03),
            (0.5, -1.0, -0.02),
            (-0.7, 0.3, 1e-9),
        ] {
            edges.push(View { left, top, step, width, pixels });
        }
    }
    let odd = [f64::NAN, f64::INFINITY, -0.0, -2.0];
    edges.extend(odd.map(|left| View { left, top: 0.0, step: 0.0, width: 3, pixels: 10 }));
    edges
}
