//! Shapes with nothing, with one, and with a remainder on each side of each kernel and piece.

use crate::shape::Shape;
use crate::{Layer, layer};

/// Hand-made layers, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Layer> {
    #[rustfmt::skip]
    let shapes = [
        (0, 0, 0), (0, 3, 5), (3, 0, 5), (3, 5, 0), (13, 0, 40), (1, 1, 1), (1, 100, 1), (2, 3, 4),
        (11, 7, 15), (12, 1, 16), (13, 2, 17), (16, 16, 16), (17, 5, 31), (20, 9, 32), (21, 9, 33),
        (31, 33, 47), (65, 63, 67), (97, 10, 100), (12, 1023, 20), (13, 1024, 33), (18, 1025, 17),
        (3, 2050, 7), (5, 4, 2047), (12, 4, 2049), (191, 20, 20), (14, 30, 2200),
    ];
    let shape = |(rows, inner, columns)| layer(Shape { rows, inner, columns }, 1);
    shapes.into_iter().map(shape).collect()
}
