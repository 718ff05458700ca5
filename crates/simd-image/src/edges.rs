//! Pictures of one colour at the ends of what sums may be, at every length around a block.

use crate::{Shot, photo};

/// Hand-made pictures, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Shot> {
    let colours = [
        [255, 255, 255, 255],
        [255, 255, 255, 0],
        [0, 0, 0, 255],
        [255, 0, 0, 255],
        [0, 255, 0, 255],
        [0, 0, 255, 0],
        [255, 255, 0, 255],
        [128, 128, 128, 128],
        [127, 127, 127, 127],
    ];
    let mut edges = Vec::new();
    for n in harness::SIZES {
        edges.extend(colours.map(|colour| Shot::new(colour.repeat(n))));
        edges.push(Shot::new(colours.concat().repeat(n / 9 + 1)[..4 * n].to_vec()));
        edges.push(photo(n, 1));
    }
    edges
}
