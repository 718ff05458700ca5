//! No block and one, blocks that are missing, fewer blocks than threads, and amounts at the ends of
//! their type.

use crate::table::{Job, Packed};

/// Hand-made tables, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Job> {
    let block = |first, step| Some(Packed { first, step });
    let small = block(7, 1);
    let most = block(u32::MAX, 0);
    let wraps = block(u32::MAX - 5, 1);
    let mut tables = vec![
        vec![],
        vec![None],
        vec![small],
        vec![most],
        vec![wraps, None],
        vec![None, wraps],
        vec![small, most, wraps],
        vec![None; 9],
        vec![block(0, 0); 5],
        vec![most; 4],
    ];
    let odd = |at: u32| (at % 3 != 1).then_some(Packed { first: at, step: at.wrapping_mul(77) });
    tables.push((0..65).map(odd).collect());
    tables.push((0..129).map(odd).collect());
    // Beyond a huge page in each part, and one block more.
    tables.push((0..2 * 512 + 1).map(odd).collect());
    let leasts = [0, 1, 8, u32::MAX];
    tables
        .into_iter()
        .flat_map(|blocks| leasts.map(|least| Job::new(blocks.clone(), Job::prices(1), least)))
        .collect()
}
