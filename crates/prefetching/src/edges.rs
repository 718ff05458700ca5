//! Tables around full nodes and layers, with equal ends, and addresses on both sides of each end.

use std::rc::Rc;

use crate::{Blocks, Lookups, ends};

/// Hand-made lookups, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Lookups> {
    let lookups = |ends: &[u32], addresses: Vec<u32>| Lookups {
        blocks: Rc::new(Blocks::new(ends.to_vec())),
        addresses,
    };
    let mut edges = Vec::new();
    for n in (0..70).chain([255, 256, 271, 272, 273, 287, 288, 289, 4_623, 4_624, 4_625, 5_000]) {
        let ends = ends(n);
        let around = |&end: &u32| [end.wrapping_sub(1), end, end.wrapping_add(1)];
        let addresses = ends.iter().flat_map(around).chain([0, u32::MAX]).collect();
        edges.push(lookups(&ends, addresses));
    }
    let values = [0, 1, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, u32::MAX - 1, u32::MAX];
    for ends in [&[][..], &[0], &[u32::MAX], &[7; 100], &[u32::MAX; 33], &[0; 16], &values] {
        for count in [0, 1, 7, 16, 17, 33, 100] {
            edges.push(lookups(ends, values.into_iter().cycle().take(count).collect()));
        }
    }
    edges
}
