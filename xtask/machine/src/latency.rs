//! Latency against the number of bytes touched, with the pages that a program gets and with huge
//! ones: the difference is what looking up addresses costs.

use std::hint::black_box;
use std::time::Duration;

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::{best_ns, pages};

/// Sizes from well inside the first level to well beyond the last, two for each doubling.
const SMALLEST: usize = 8 << 10;
const DOUBLINGS: usize = 15;
const LARGEST: usize = SMALLEST << DOUBLINGS;
/// Words in a cache line: each line holds one step of the walk.
const LINE: usize = 16;
/// Accesses in one run: short enough to fall between two interruptions.
const STEPS: usize = 1 << 14;
/// How long one size is measured.
const PATIENCE: Duration = Duration::from_millis(10);

/// Nanoseconds per access when each waits for the one before, by bytes among which they fall, in
/// memory as the allocator gives it.
pub(crate) fn usual_pages() -> Vec<(f64, f64)> {
    curve(&mut vec![0; LARGEST / 4])
}

/// The same on huge pages, where the system grants them.
pub(crate) fn huge_pages() -> Option<Vec<(f64, f64)>> {
    Some(curve(pages::huge(LARGEST)?.words()))
}

fn curve(words: &mut [u32]) -> Vec<(f64, f64)> {
    let mut dice = Pcg64Mcg::seed_from_u64(0);
    let mut lines = 0;
    let mut points = Vec::new();
    for size in sizes() {
        lines = grow(words, lines, size / (4 * LINE), &mut dice);
        let mut at = 0;
        let best = best_ns(PATIENCE, || {
            for _ in 0..STEPS {
                at = words[at] as usize;
            }
            black_box(at);
        });
        points.push((size as f64, best / STEPS as f64));
    }
    points
}

/// 8, 11, 16, 22, 32 … KiB, in whole lines.
fn sizes() -> impl Iterator<Item = usize> {
    let half = |size: usize| (size as f64 * std::f64::consts::SQRT_2) as usize / 64 * 64;
    let doublings = (0..DOUBLINGS).map(|power| SMALLEST << power);
    doublings.flat_map(move |size| [size, half(size)]).chain([LARGEST])
}

/// Adds lines to a random walk that comes back only after all of them: each enters behind a random
/// earlier one. No prefetcher guesses it, and growing one walk is cheaper than making thirty.
fn grow(words: &mut [u32], from: usize, to: usize, dice: &mut Pcg64Mcg) -> usize {
    for line in from.max(1)..to {
        let before = ((u64::from(dice.next_u32()) * line as u64) >> 32) as usize * LINE;
        words[line * LINE] = words[before];
        words[before] = (line * LINE) as u32;
    }
    to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_visits_every_line_once_however_it_grew() {
        let mut words = vec![0; 100 * LINE];
        let mut dice = Pcg64Mcg::seed_from_u64(1);
        let mut lines = 0;
        for to in [1, 10, 100] {
            lines = grow(&mut words, lines, to, &mut dice);
            let (mut at, mut visited) = (0, 0);
            loop {
                at = words[at] as usize;
                visited += 1;
                if at == 0 {
                    break;
                }
            }
            assert_eq!(visited, to);
        }
    }

    #[test]
    fn sizes_rise_to_the_largest() {
        let sizes: Vec<usize> = sizes().collect();
        assert!(sizes.is_sorted_by(|a, b| a < b));
        assert_eq!(sizes.last(), Some(&LARGEST));
    }
}
