//! Lists whose first four entries lie in the list itself: `smallvec` in the place of `Vec`, and
//! nothing else changed but how the empty ones are made.

use std::iter::repeat_with;

use smallvec::SmallVec;

use crate::index::{Index, UNAFFECTED};

/// With `smallvec`'s feature `union` as large as a `Vec`, whose pointer and length the entries lie
/// over.
pub type List = SmallVec<[u32; 4]>;

/// For each package, how many steps away from the changed one it is.
pub fn affected(index: &Index) -> Vec<u32> {
    steps(&dependents(index), index.changed)
}

/// Who depends on each package.
fn dependents(index: &Index) -> Vec<List> {
    // `vec!` would clone one: `smallvec` collects the entries for that, even if there are none.
    let mut dependents: Vec<List> = repeat_with(List::new).take(index.packages).collect();
    for &(package, dependency) in &index.needs {
        dependents[dependency as usize].push(package);
    }
    dependents
}

/// Breadth first: all at one step before any at two.
fn steps(dependents: &[List], changed: u32) -> Vec<u32> {
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
