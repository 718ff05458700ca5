//! Compressed sparse rows, walked without guessing: every dependent is written to the end of the
//! queue, and the end moves only if it is new there. Whether it is new stands in a table of one
//! byte per package, which stays in a near cache for longer than a table of steps.

use crate::index::{Index, UNAFFECTED};

/// Packages whose lists are looked up together, so that the processor waits for several of them at
/// a time.
const BATCH: usize = 16;

/// For each package, how many steps away from the changed one it is.
pub fn affected(index: &Index) -> Vec<u32> {
    steps(&dependents(index), index.changed)
}

/// Package `p`'s list is `all[first[p]..first[p + 1]]`.
struct Lists {
    first: Vec<u32>,
    all: Vec<u32>,
}

/// Who depends on each package.
fn dependents(index: &Index) -> Lists {
    let mut first = vec![0; index.packages + 1];
    for &(_, dependency) in &index.needs {
        first[dependency as usize] += 1;
    }
    let mut end = 0;
    for first in &mut first {
        end += *first;
        // Now the end of this package's list; filling it from behind leaves its beginning.
        *first = end;
    }
    let mut all = vec![0; index.needs.len()];
    for &(package, dependency) in &index.needs {
        let at = &mut first[dependency as usize];
        *at -= 1;
        all[*at as usize] = package;
    }
    Lists { first, all }
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
