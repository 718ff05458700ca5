//! Rungs against naive on both kinds of pictures, of every narrow shape, and naive by hand.

use super::*;
use crate::vectors::Vectors;
use inlining_pixels::{Samples, View};
use proptest::prelude::*;

/// Holds every rung, and each set of vectors that this machine has, against naive.
fn hold(shot: Shot) {
    let expected = naive::sharpness(&shot.view());
    for vectors in [Vectors::Portable, Vectors::Avx2, Vectors::Avx512] {
        for sharpness_with in [pairs::sharpness_with, optimized::sharpness_with] {
            let sharpness = sharpness_with(vectors, &shot.view());
            assert_eq!(sharpness, expected, "{vectors:?}, {} by {}", shot.width, shot.height);
        }
    }
    harness::agree_on(RUNGS, shot);
}

#[test]
fn rungs_agree() {
    harness::agree(RUNGS, gray);
    harness::agree(RUNGS, linear);
    edges::edges().into_iter().for_each(hold);
}

#[test]
fn what_is_chosen_is_there() {
    assert!(Vectors::Portable.there() && Vectors::best().there());
}

#[test]
fn a_picture_has_the_bytes_of_its_samples() {
    assert_eq!([gray(12, 1), linear(12, 1)].map(|shot| shot.bytes()), [12, 48]);
}

#[test]
fn sharpness_by_hand() {
    let sharpness = |width, samples: &[u8]| {
        let height = samples.len() / width;
        naive::sharpness(&View::new(width, height, Samples::Gray(samples)))
    };
    assert_eq!(sharpness(3, &[0, 9, 255, 255, 9, 250]), 255 * 255 + 5 * 5);
    assert_eq!(sharpness(2, &[0, 255, 255, 0]), 0);
    assert_eq!(sharpness(6, &[1, 1, 2, 3, 4, 9]), 1 + 2 * 2 + 2 * 2 + 6 * 6);
}

#[test]
fn light_is_encoded_for_the_eye() {
    let light = [0.0, 0.003, 0.2140, 1.0];
    let view = View::new(4, 1, Samples::Linear(&light));
    assert_eq!([0, 1, 2, 3].map(|x| view.luma(x, 0)), [0, 10, 127, 255]);
}

#[test]
fn sums_do_not_overflow_in_a_wide_row() {
    for pixels in
        [(1 << 16) + 2, (1 << 16) + 3, 80_000, 8 << 15, (8 << 15) + 2, (8 << 15) + 13, 600_000]
    {
        let row: Vec<u8> = [0, 0, 255, 255].into_iter().cycle().take(pixels).collect();
        hold(Shot::gray(row.len(), 1, row));
    }
}

#[test]
fn a_pixel_outside_is_refused_by_every_accessor() {
    type Accessor = fn(&View<'static>, usize, usize) -> u8;
    let refused = |luma: Accessor, x, y| {
        let view = View::new(3, 2, Samples::Gray(&[7; 6]));
        std::panic::catch_unwind(|| luma(&view, x, y)).is_err()
    };
    let accessors: [Accessor; 3] = [View::luma, View::luma_inlined, View::luma_outlined];
    for luma in accessors {
        assert!(!refused(luma, 2, 1));
        for (x, y) in [(3, 0), (0, 2), (usize::MAX, 0), (0, usize::MAX), (3, 1)] {
            assert!(refused(luma, x, y), "({x}, {y})");
        }
    }
}

proptest! {
    #[test]
    fn rungs_agree_on_any_picture(
        samples in proptest::collection::vec(any::<u8>(), 0..600),
        height in 1_usize..9,
    ) {
        let width = samples.len() / height;
        hold(Shot::gray(width, height, samples[..width * height].to_vec()));
    }
}
