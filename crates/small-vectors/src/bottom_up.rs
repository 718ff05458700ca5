//! The question turned round: each package that is not reached looks for one it needs among those
//! reached last, and stops at the first (bottom-up search: Scott Beamer, Krste Asanović and David
//! Patterson, "Direction-optimizing breadth-first search", 2012). A manifest holds what it looks
//! through, so there are no rows before few packages are reached in a step.

use crate::compressed::dependents;
use crate::index::{Index, UNAFFECTED};

/// The direction turns when a sweep reaches fewer than one in so many that it asks. Beamer's β, but
/// of those still open and not of all: then all sweeps together never ask more than `FEW` times.
const FEW: usize = 24;

/// For each package, how many steps away from the changed one it is.
pub fn affected(index: &Index) -> Vec<u32> {
    steps(index, manifests(index))
}

/// What one package needs.
pub(crate) type Manifest<'i> = &'i [(u32, u32)];

/// The needs, cut where the package changes. In another order, a package has several pieces.
pub(crate) fn manifests(index: &Index) -> Vec<Manifest<'_>> {
    index.needs.chunk_by(|(package, _), (next, _)| package == next).collect()
}

/// Bytes of the index, which is all that is read, and of where manifests begin.
pub(crate) fn bytes(index: &Index) -> usize {
    index.bytes() + size_of_val(&manifests(index)[..])
}

/// Breadth first: all at one step before any at two. `open` are those not reached.
pub(crate) fn steps(index: &Index, mut open: Vec<Manifest>) -> Vec<u32> {
    let mut steps = vec![UNAFFECTED; index.packages];
    if let Some(step) = steps.get_mut(index.changed as usize) {
        *step = 0;
    }
    let mut step = 0;
    loop {
        let before = open.len();
        open.retain(|manifest| {
            // Who is reached in this sweep is at the next step, and is not found in it.
            let near = manifest.iter().any(|&(_, needed)| steps[needed as usize] == step);
            if near {
                let old = &mut steps[manifest[0].0 as usize];
                *old = (step + 1).min(*old);
            }
            !near
        });
        step += 1;
        let reached = before - open.len();
        if reached == 0 {
            return steps;
        }
        if few(reached, before) {
            return top_down(index, &open, steps, step);
        }
    }
}

/// Whether a sweep reached too few of those it asked for another one to pay.
fn few(reached: usize, asked: usize) -> bool {
    reached * FEW < asked
}

/// The steps behind `step`, along rows of what is still open.
fn top_down(index: &Index, open: &[Manifest], mut steps: Vec<u32>, step: u32) -> Vec<u32> {
    let dependents = dependents(&Index { needs: open.concat(), ..*index });
    let packages = 0..index.packages as u32;
    let mut reached: Vec<u32> =
        packages.filter(|&package| steps[package as usize] == step).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    /// No result shows when the direction turns, only the time of a chain.
    #[test]
    fn the_direction_turns_below_one_in_twenty_four() {
        for (reached, asked, turns) in [(1, 24, false), (1, 25, true), (10, 240, false)] {
            assert_eq!(few(reached, asked), turns);
        }
    }
}
