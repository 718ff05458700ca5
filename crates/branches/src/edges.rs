//! Columns at the ends of their type: what is below as an unsigned number is not as a signed one.

use crate::Query;

/// Hand-made scans, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Query> {
    let values = [0, 1, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, u32::MAX - 1, u32::MAX];
    let mut edges = Vec::new();
    for limit in values {
        for n in [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 256, 257, 600] {
            edges.push(Query { limit, values: values.into_iter().cycle().take(n).collect() });
            edges.push(Query { limit, values: vec![limit.wrapping_sub(1); n] }); // all, or none
            edges.push(Query { limit, values: vec![limit; n] });
            // Only the last one.
            let last = (0..n).map(|at| if at + 1 == n { 0 } else { u32::MAX });
            edges.push(Query { limit, values: last.collect() });
        }
    }
    edges
}
