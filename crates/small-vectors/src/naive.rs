//! A vector of vectors: each package has a list of its dependents.

use crate::index::{Index, UNAFFECTED};

/// For each package, how many steps away from the changed one it is.
pub fn affected(index: &Index) -> Vec<u32> {
    steps(&dependents(index), index.changed)
}

/// Who depends on each package.
fn dependents(index: &Index) -> Vec<Vec<u32>> {
    let mut dependents = vec![Vec::new(); index.packages];
    for &(package, dependency) in &index.needs {
        dependents[dependency as usize].push(package);
    }
    dependents
}

/// Breadth first: all at one step before any at two.
fn steps(dependents: &[Vec<u32>], changed: u32) -> Vec<u32> {
    let mut steps = vec![UNAFFECTED; dependents.len()];
    let mut reached = Vec::new();
    if let Some(step) = steps.get_mut(changed as usize) {
        *step = 0;
        reached.push(changed);
    }
    let mut next = 0;
    while let Some(&package) = reached.get(next) {
        let step = steps[package as usize] + 1;
        for &dependent in &dependents[package as usize] {
            if steps[dependent as usize] == UNAFFECTED {
                steps[dependent as usize] = step;
                reached.push(dependent);
            }
        }
        next += 1;
    }
    steps
}
