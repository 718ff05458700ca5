//! Recordings that are long, wide, empty, and ragged on either side or both.

use crate::{Recording, recording};

/// Hand-made recordings, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Recording> {
    #[rustfmt::skip]
    let shapes = [
        (0, 0), (0, 5), (1, 1), (1, 1000), (1000, 1), (7, 9), (8, 9), (9, 8), (16, 16), (15, 17),
        (16, 15), (127, 513), (128, 512), (129, 511), (143, 33), (144, 32), (145, 31), (159, 600),
        (160, 1024), (161, 1025), (512, 40), (1024, 24), (255, 16), (256, 16), (257, 16),
        (2000, 3), (3, 2000), (600, 600), (1024, 1024), (1031, 521),
    ];
    shapes.into_iter().map(|(moments, channels)| recording(moments, channels, 1)).collect()
}
