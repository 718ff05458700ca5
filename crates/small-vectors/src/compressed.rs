//! All lists in one, one behind the other: compressed sparse rows. Where each begins follows from
//! counting, so that every dependent is written once, to its final place (counting sort: Harold
//! Seward, 1954).

use crate::index::{Index, UNAFFECTED};

/// For each package, how many steps away from the changed one it is.
pub fn affected(index: &Index) -> Vec<u32> {
    steps(&dependents(index), index.changed)
}

/// Package `p`'s list is `all[first[p]..first[p + 1]]`.
pub(crate) struct Lists {
    pub(crate) first: Vec<u32>,
    pub(crate) all: Vec<u32>,
}

/// Who depends on each package.
pub(crate) fn dependents(index: &Index) -> Lists {
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
    let mut steps = vec![UNAFFECTED; dependents.first.len() - 1];
    let mut reached = Vec::new();
    if let Some(step) = steps.get_mut(changed as usize) {
        *step = 0;
        reached.push(changed);
    }
    let mut next = 0;
    while let Some(&package) = reached.get(next) {
        let step = steps[package as usize] + 1;
        let [from, to] = [0, 1].map(|at| dependents.first[package as usize + at] as usize);
        for &dependent in &dependents.all[from..to] {
            if steps[dependent as usize] == UNAFFECTED {
                steps[dependent as usize] = step;
                reached.push(dependent);
            }
        }
        next += 1;
    }
    steps
}
