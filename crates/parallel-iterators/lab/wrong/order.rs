//! Two threads take every second pixel, which shares the work well, and put one share behind the
//! other.

use std::thread;

use parallel_iterators::View;

/// After how many steps each pixel escapes.
pub fn steps(view: &View) -> Vec<u16> {
    let share = |first: usize| -> Vec<u16> {
        (first..view.pixels).step_by(2).map(|pixel| view.steps(pixel)).collect()
    };
    thread::scope(|scope| {
        let other = scope.spawn(|| share(1));
        let mut steps = share(0);
        steps.extend(other.join().expect("no pixel panics"));
        steps
    })
}
