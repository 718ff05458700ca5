//! `chili`: halves are handed out only at a heartbeat, a flag that a thread beside the pool sets
//! now and then, so that little is shared of a small job.

use chili::Scope;

use crate::view::View;

/// After how many steps each pixel escapes.
pub fn steps(view: &View) -> Vec<u16> {
    let mut steps = vec![0; view.pixels];
    fill(&mut Scope::global(), view, 0, &mut steps);
    steps
}

/// Fills whole rows from a pixel on: a single one at once, more of them in halves.
fn fill(scope: &mut Scope, view: &View, from: usize, steps: &mut [u16]) {
    let rows = steps.len().div_ceil(view.width);
    if rows <= 1 {
        for (steps, pixel) in steps.iter_mut().zip(from..) {
            *steps = view.steps(pixel);
        }
        return;
    }
    let middle = rows / 2 * view.width;
    let (first, second) = steps.split_at_mut(middle);
    scope.join(
        |scope| fill(scope, view, from, first),
        |scope| fill(scope, view, from + middle, second),
    );
}
