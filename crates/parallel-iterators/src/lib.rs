#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod by_rows;
pub mod chili;
pub mod edges;
pub mod naive;
pub mod optimized;
pub mod par_iter;
pub mod peer;
pub mod per_core;
pub mod view;

use harness::Rung;
use harness::data::{rand::RngExt, rng};

pub use view::{MOST_STEPS, View};

/// Every rung. All give, for each pixel, after how many steps it escapes.
pub const RUNGS: &[Rung<View, Vec<u16>>] = &[
    Rung::new("naive", naive::steps),
    Rung::new("per_core", per_core::steps),
    Rung::new("par_iter", par_iter::steps),
    Rung::new("by_rows", by_rows::steps),
    Rung::new("optimized", optimized::steps),
    Rung::new("chili", chili::steps),
    Rung::new("peer", peer::steps),
];

/// `n` pixels of the valley between the set's two largest parts: the top rows escape soon, the
/// bottom rows hardly ever.
pub fn valley(n: usize, seed: u64) -> View {
    let mut rng = rng(seed);
    let mut nudge = || rng.random_range(-0.005..0.005);
    View::new(-0.93 + nudge(), 0.36 + nudge(), 0.36, n)
}

/// `n` pixels of the plane around: all escape within a few steps.
pub fn open_plane(n: usize, seed: u64) -> View {
    let mut rng = rng(seed);
    View::new(rng.random_range(1.0..1.5), 1.5, 1.0, n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rayon::{ThreadPool, ThreadPoolBuilder};

    /// Every way in which work can be shared out: alone, in halves, unevenly, among more threads
    /// than cores.
    fn pools() -> impl Iterator<Item = ThreadPool> {
        [1, 2, 3, 8].into_iter().map(|n| ThreadPoolBuilder::new().num_threads(n).build().unwrap())
    }

    #[test]
    fn rungs_agree_on_any_number_of_threads() {
        for pool in pools() {
            pool.install(|| {
                harness::agree(RUNGS, valley);
                harness::agree(RUNGS, open_plane);
                harness::agree_at(RUNGS, edges::edges());
            });
        }
    }

    #[test]
    fn the_peer_agrees_on_any_number_of_threads() {
        for (threads, pixels) in [1, 2, 3, 8].into_iter().flat_map(|t| [(t, 0), (t, 1), (t, 3_000)])
        {
            let view = valley(pixels, threads as u64);
            assert_eq!(peer::steps_on(&view, threads), naive::steps(&view));
        }
    }

    #[test]
    fn points_whose_fate_is_known() {
        let steps = |left, top| View { left, top, step: 0.0, width: 1, pixels: 1 }.steps(0);
        assert_eq!(steps(0.0, 0.0), MOST_STEPS); // stays at zero
        assert_eq!(steps(-1.0, 0.0), MOST_STEPS); // 0, -1, 0, -1, …
        assert_eq!(steps(-2.0, 0.0), MOST_STEPS); // 0, -2, 2, 2, … on the circle itself
        assert_eq!(steps(3.0, 0.0), 1);
        assert_eq!(steps(1.0, 0.0), 3); // 0, 1, 2, 5
    }

    /// All rungs ask the view: one that is mirrored, turned or squared wrongly is wrong in all of
    /// them alike. Worked out by hand: from -2 + 2i rightwards and down to 0.
    #[test]
    fn pixels_lie_row_by_row_from_the_top() {
        let view = View { left: -2.0, top: 2.0, step: 1.0, width: 3, pixels: 9 };
        let all = MOST_STEPS; // i goes -1 + i, -i, -1 + i, …
        assert_eq!(naive::steps(&view), [1, 1, 2, 1, 3, all, all, all, all]);
    }

    #[test]
    fn rows_of_the_valley_are_uneven() {
        let view = valley(10_000, 1);
        let steps = naive::steps(&view);
        let (top, bottom) = steps.split_at(steps.len() / 2);
        let sum = |half: &[u16]| half.iter().copied().map(u64::from).sum::<u64>();
        assert!(2 * sum(bottom) > 3 * sum(top), "{} and {}", sum(top), sum(bottom));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn rungs_agree_on_any_view(
            (left, top) in (-2.5..2.5, -2.5..2.5),
            step in prop_oneof![Just(0.0), -0.1..0.1, any::<f64>()],
            width in 1_usize..200,
            pixels in 0_usize..600,
        ) {
            let view = View { left, top, step, width, pixels };
            for threads in [1, 3] {
                prop_assert_eq!(peer::steps_on(&view, threads), naive::steps(&view));
            }
            harness::agree_on(RUNGS, view);
        }
    }
}
