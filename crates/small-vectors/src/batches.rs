//! The places of sixteen lists are looked up together, before any of the lists is read: the
//! processor waits for all of them at once.

use crate::compressed::{Lists, dependents};
use crate::index::{Index, UNAFFECTED};

/// Packages whose lists are looked up together.
const BATCH: usize = 16;

/// For each package, how many steps away from the changed one it is.
pub fn affected(index: &Index) -> Vec<u32> {
    steps(&dependents(index), index.changed)
}

/// Breadth first: all at one step before any at two.
fn steps(dependents: &Lists, changed: u32) -> Vec<u32> {
    let packages = dependents.first.len() - 1;
    let (mut steps, mut seen) = (vec![UNAFFECTED; packages], vec![false; packages]);
    let mut reached = vec![0; packages + 1]; // one more: the end is written to even when all are in
    let mut end = 0;
    if let Some(seen) = seen.get_mut(changed as usize) {
        *seen = true;
        reached[0] = changed;
        end = 1;
    }
    let (mut next, mut step) = (0, 0);
    while next < end {
        let nearer = end;
        while next < nearer {
            let batch = next..nearer.min(next + BATCH);
            let mut lists = [[0; 2]; BATCH];
            for (list, &package) in lists.iter_mut().zip(&reached[batch.clone()]) {
                steps[package as usize] = step;
                *list = [0, 1].map(|at| dependents.first[package as usize + at] as usize);
            }
            for &[from, to] in &lists[..batch.len()] {
                for &dependent in &dependents.all[from..to] {
                    let seen = &mut seen[dependent as usize];
                    reached[end] = dependent;
                    end += usize::from(!std::mem::replace(seen, true));
                }
            }
            next = batch.end;
        }
        step += 1;
    }
    steps
}
