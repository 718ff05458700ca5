//! The walk does not ask whether a dependent is new: it is written to the end of the queue in any
//! case, and the end moves only if it is.

use crate::compressed::{Lists, dependents};
use crate::index::{Index, UNAFFECTED};

/// For each package, how many steps away from the changed one it is.
pub fn affected(index: &Index) -> Vec<u32> {
    steps(&dependents(index), index.changed)
}

/// Breadth first: all at one step before any at two.
fn steps(dependents: &Lists, changed: u32) -> Vec<u32> {
    let packages = dependents.first.len() - 1;
    let mut steps = vec![UNAFFECTED; packages];
    let mut reached = vec![0; packages + 1]; // one more: the end is written to even when all are in
    let mut end = 0;
    if let Some(step) = steps.get_mut(changed as usize) {
        *step = 0;
        reached[0] = changed;
        end = 1;
    }
    let mut next = 0;
    while next < end {
        let package = reached[next] as usize;
        let step = steps[package] + 1;
        let [from, to] = [0, 1].map(|at| dependents.first[package + at] as usize);
        for &dependent in &dependents.all[from..to] {
            let old = &mut steps[dependent as usize];
            reached[end] = dependent;
            end += usize::from(*old == UNAFFECTED);
            *old = step.min(*old); // who has been reached is no farther
        }
        next += 1;
    }
    steps
}
