//! Bit by bit like naive for every shape, wherever a matrix begins, and on every path, forced one
//! by one.

use super::*;
use proptest::prelude::*;

type Transpose = fn(&[f32], &mut [f32], usize, usize);

/// Every path that run-time dispatch and size can choose and this processor has, called directly.
fn paths() -> Vec<(&'static str, Transpose)> {
    #[cfg_attr(not(target_arch = "x86_64"), expect(unused_mut, reason = "one path elsewhere"))]
    let mut paths: Vec<(&str, Transpose)> = vec![("portable", registers::portable)];
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        use optimized::streamed::transpose;
        paths.extend([
            // SAFETY: the processor has AVX2.
            ("AVX2", (|s, t, r, c| unsafe { registers::avx2::transpose(s, t, r, c) }) as Transpose),
            // SAFETY: the processor has AVX2.
            ("streamed", |s, t, r, c| unsafe { transpose(s, t, r, c) }),
        ]);
    }
    paths
}

fn agree_on(mut recording: Recording) {
    let (rows, columns) = (recording.moments, recording.channels);
    let expected = recording.demultiplex(naive::transpose);
    for (path, transpose) in paths() {
        let got = recording.demultiplex(transpose);
        same_bits(&expected, &got)
            .unwrap_or_else(|wrong| panic!("path {path}, {rows} × {columns}: {wrong}"));
    }
    harness::agree_on_by(RUNGS, recording, same_bits);
}

#[test]
fn rungs_agree() {
    harness::agree_by(RUNGS, input, same_bits);
}

/// Long, wide, and with ragged edges on either side or both.
#[test]
fn shapes_are_right() {
    edges::edges().into_iter().for_each(agree_on);
}

#[test]
fn a_transpose_is_what_it_should_be() {
    let mut samples = Recording::new(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3);
    let traces = samples.demultiplex(naive::transpose);
    assert_eq!(*traces, [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
}

/// Matrices that begin anywhere: lines have another start, and nothing around may be touched.
#[test]
fn alignment_does_not_matter() {
    for (rows, columns) in [(1, 20), (5, 5), (40, 24), (129, 70), (144, 40), (300, 9), (304, 9)] {
        let recording = recording(rows, columns, 1);
        for start in 0..16 {
            let mut expected = vec![-7.0; rows * columns + 40];
            let target = start..start + rows * columns;
            naive::transpose(&recording.samples, &mut expected[target.clone()], rows, columns);
            for (path, transpose) in paths() {
                let mut got = vec![-7.0; rows * columns + 40];
                transpose(&recording.samples, &mut got[target.clone()], rows, columns);
                assert!(got == expected, "path {path}, {rows} × {columns} from {start}");
            }
        }
    }
}

/// Big enough for `optimized` to stream by its own choice.
#[test]
fn a_big_matrix_is_right() {
    for (moments, channels) in [(1500, 1500), (1447, 1601), (4096, 600)] {
        let mut recording = recording(moments, channels, 1);
        let expected = recording.demultiplex(naive::transpose);
        let got = recording.demultiplex(optimized::transpose);
        assert_eq!(same_bits(&expected, &got), Ok(()));
    }
}

#[test]
fn different_traces_are_refused() {
    let traces = |traces: &[f32]| Rc::new(traces.to_vec());
    assert!(same_bits(&traces(&[f32::NAN]), &traces(&[f32::NAN])).is_ok());
    let wrong = same_bits(&traces(&[1.0, 0.0]), &traces(&[1.0, -0.0])).unwrap_err();
    assert_eq!(wrong, "at 1, naive has 0.0, this rung -0.0");
    assert!(same_bits(&traces(&[0.0]), &traces(&[])).is_err());
}

#[test]
fn traces_that_are_still_held_are_not_written() {
    let mut recording = input(10, 1);
    let held = recording.demultiplex(naive::transpose);
    let before = Vec::clone(&held);
    let next = recording.demultiplex(|_, traces, _, _| traces.fill(99.0));
    assert_eq!((&*held, &*next), (&before, &vec![99.0; 100]));
}

/// Shapes whose products wrap around to the length of what is there, and shapes that are merely
/// wrong. The message tells a check from an overflow that only debug builds would find.
#[test]
fn a_shape_that_is_not_there_is_refused() {
    type Wrong = (usize, usize, usize);
    let table: [Wrong; 5] =
        [(0, 1 << 33, 1 << 31), (0, 1 << 63, 2), (64, (1 << 61) + 1, 64), (64, 16, 8), (64, 0, 8)];
    let vectors = paths().into_iter().filter(|(name, _)| *name != "portable");
    for (values, rows, columns) in table {
        for (path, transpose) in vectors.clone() {
            let (source, mut target) = (vec![0.0; values], vec![0.0; values]);
            let call = || transpose(&source, &mut target, rows, columns);
            let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(call)).unwrap_err();
            let message = panic.downcast_ref::<String>().map_or("", String::as_str);
            let expected = format!("not {rows} times {columns} values");
            assert!(message.ends_with(&expected), "path {path}: {message}");
        }
    }
}

/// A shape that one of the two has and the other has not: unsafe code would leave the shorter.
#[test]
fn a_source_or_a_target_alone_does_not_make_a_shape() {
    for (path, transpose) in paths() {
        for (source, target) in [(96, 128), (128, 96), (128, 0), (0, 128)] {
            let (source, mut target) = (vec![0.0; source], vec![0.0; target]);
            let call = || transpose(&source, &mut target, 8, 16);
            let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(call));
            assert!(panic.is_err(), "path {path}: {} into {}", source.len(), target.len());
        }
    }
}

proptest! {
    #[test]
    fn rungs_agree_on_any_bits(bits: Vec<u32>, channels in 1_usize..40) {
        let whole = bits.len() / channels * channels;
        let samples = bits[..whole].iter().map(|&bits| f32::from_bits(bits)).collect();
        agree_on(Recording::new(samples, channels));
    }

    #[test]
    fn rungs_agree_on_any_shape(moments in 0_usize..400, channels in 0_usize..100, seed: u64) {
        agree_on(recording(moments, channels, seed));
    }
}
