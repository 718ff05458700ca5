//! Within one level of naive for every colour there is, and every path equal to `fixed_point`,
//! forced one by one.

use super::*;
use proptest::prelude::*;

type ToGray = fn(&[u8], &mut [u8]);

/// Every path that run-time dispatch can choose and this processor has, called directly.
fn paths() -> Vec<(&'static str, ToGray)> {
    #[cfg_attr(
        not(any(target_arch = "x86_64", portable_simd)),
        expect(unused_mut, reason = "one path elsewhere")
    )]
    let mut paths: Vec<(&str, ToGray)> = vec![("portable", wide::to_gray)];
    #[cfg(target_arch = "x86_64")]
    {
        use {avx512::vectors, maddubs::avx2, prefetch::AHEAD, vnni::dot_product};
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2.
            paths.push(("AVX2", |rgba, gray| unsafe { avx2::to_gray::<0>(rgba, gray) }));
            // SAFETY: as before.
            paths.push(("AVX2, ahead", |rgba, gray| unsafe { avx2::to_gray::<AHEAD>(rgba, gray) }));
            // SAFETY: as before.
            paths.push(("AVX2, streaming", |rgba, gray| unsafe { avx2::stream::<0>(rgba, gray) }));
            // SAFETY: as before.
            paths.push(("AVX2, streaming, ahead", |rgba, gray| unsafe {
                avx2::stream::<AHEAD>(rgba, gray);
            }));
        }
        if dot_product::available() {
            // SAFETY: the processor has what `available` asks for.
            paths.push(("VNNI", |rgba, gray| unsafe { dot_product::to_gray(rgba, gray) }));
        }
        if vectors::available() {
            // SAFETY: the processor has what `available` asks for.
            paths.push(("512 bits", |rgba, gray| unsafe { vectors::to_gray::<0>(rgba, gray) }));
            // SAFETY: as before.
            paths.push(("512 bits, ahead", |rgba, gray| unsafe {
                vectors::to_gray::<AHEAD>(rgba, gray);
            }));
            // SAFETY: as before.
            paths.push(("512 bits, streaming", |rgba, gray| unsafe {
                vectors::stream::<0>(rgba, gray);
            }));
            // SAFETY: as before.
            paths.push(("512 bits, streaming, ahead", |rgba, gray| unsafe {
                vectors::stream::<AHEAD>(rgba, gray);
            }));
        }
    }
    #[cfg(portable_simd)]
    paths.push(("std::simd", portable_simd::anywhere));
    #[cfg(all(portable_simd, target_arch = "x86_64"))]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2.
        paths.push(("std::simd in AVX2", |rgba, gray| unsafe {
            portable_simd::with_avx2(rgba, gray);
        }));
    }
    paths
}

fn gray(to_gray: impl Fn(&[u8], &mut [u8]), rgba: &[u8]) -> Vec<u8> {
    let mut gray = vec![0; rgba.len() / 4];
    to_gray(rgba, &mut gray);
    gray
}

fn agree_on(rgba: Vec<u8>) {
    let expected = gray(fixed_point::to_gray, &rgba);
    for (path, to_gray) in paths() {
        assert_eq!(gray(to_gray, &rgba), expected, "path {path}");
    }
    harness::agree_on_by(RUNGS, Shot::new(rgba), within_one_level);
}

#[test]
fn rungs_agree() {
    harness::agree_by(RUNGS, photo, within_one_level);
    harness::agree_at_by(RUNGS, edges::edges(), within_one_level);
}

/// All 16,777,216 of them, against the definition in whole numbers: 10,000 × luma.
#[test]
fn every_colour_is_right() {
    for red in 0..=255_u8 {
        let colours = (0..=u16::MAX).map(|rest| {
            let [green, blue] = rest.to_le_bytes();
            [red, green, blue, green ^ blue]
        });
        let rgba = colours.clone().flatten().collect::<Vec<u8>>();
        let (naive, fixed) = (gray(naive::to_gray, &rgba), gray(fixed_point::to_gray, &rgba));
        for (([r, g, b, _], naive), fixed) in colours.zip(&naive).zip(&fixed) {
            let exact = 2126 * i32::from(r) + 7152 * i32::from(g) + 722 * i32::from(b);
            let off = |gray: &u8| (10_000 * i32::from(*gray) - exact).abs();
            // Half a level is rounding; the rest is the error of f32, or of weights in 256ths.
            assert!(off(naive) <= 5_001, "naive has {naive} for {r} {g} {b}");
            assert!(off(fixed) <= 10_157, "fixed_point has {fixed} for {r} {g} {b}");
        }
        agree_on(rgba);
    }
}

/// Where sums are largest, or one channel is alone; alpha counts for nothing.
#[test]
fn extremes_are_right() {
    #[rustfmt::skip]
    let table = [
        ([255, 255, 255, 255], 255), ([255, 255, 255, 0], 255),
        ([0, 0, 0, 255], 0), ([0, 0, 0, 0], 0),
        ([255, 0, 0, 255], 54), ([0, 255, 0, 255], 182), ([0, 0, 255, 255], 19),
        ([255, 255, 0, 255], 236), ([0, 0, 255, 0], 19),
        ([128, 128, 128, 128], 128), ([127, 127, 127, 127], 127),
    ];
    for (pixel, expected) in table {
        for n in harness::SIZES {
            agree_on(pixel.repeat(n));
            assert_eq!(gray(fixed_point::to_gray, &pixel.repeat(n)), vec![expected; n]);
        }
    }
    agree_on([[255; 4], [0; 4]].concat().repeat(500));
}

/// Frames that start anywhere: vectors cross lines, and streaming has an unaligned start and end.
#[test]
fn alignment_does_not_matter() {
    let rgba = photo(300, 1).rgba;
    for n in [0, 1, 31, 32, 33, 63, 64, 65, 200] {
        for start in 0..64 {
            let rgba = &rgba[start..start + 4 * n];
            let mut expected = vec![7; n + 100];
            fixed_point::to_gray(rgba, &mut expected[start..start + n]);
            for (path, to_gray) in paths() {
                let mut gray = vec![7; n + 100];
                to_gray(rgba, &mut gray[start..start + n]);
                assert_eq!(gray, expected, "path {path}, {n} pixels from byte {start}");
            }
        }
    }
}

/// Big enough for `optimized` to ask ahead, and to stream, by its own choice.
#[test]
fn big_frames_are_right() {
    for n in [256 << 10, 3840 * 2160] {
        let rgba = photo(n, 1).rgba;
        assert!(gray(optimized::to_gray, &rgba) == gray(fixed_point::to_gray, &rgba));
    }
}

#[test]
fn frames_further_apart_are_refused() {
    let frame = |gray: &[u8]| Rc::new(gray.to_vec());
    assert!(within_one_level(&frame(&[0, 255]), &frame(&[1, 254])).is_ok());
    let wrong = within_one_level(&frame(&[0, 255, 7]), &frame(&[1, 0, 9])).unwrap_err();
    assert_eq!(wrong, "at pixel 1, naive has 255, this rung 0");
    assert!(within_one_level(&frame(&[0]), &frame(&[])).is_err());
}

#[test]
fn a_frame_that_is_still_shown_is_not_written() {
    let mut shot = photo(10, 1);
    let shown = shot.convert(naive::to_gray);
    let before = Vec::clone(&shown);
    let next = shot.convert(|_, gray| gray.fill(99));
    assert_eq!((&*shown, &*next), (&before, &vec![99; 10]));
}

proptest! {
    #[test]
    fn rungs_agree_on_any_pixels(pixels in proptest::collection::vec(any::<[u8; 4]>(), 0..300)) {
        agree_on(pixels.concat());
    }
}
