//! Rungs against naive, naive against wider arithmetic, and each path of `optimized` by itself.

use super::*;
use proptest::prelude::*;

/// What `optimized` chooses from by length or processor, and is not a rung. Without AVX2, streaming
/// falls back to `fused`, which is.
const PATHS: &[Rung<Session, Rc<Mix>>] = &[
    Rung::reusing("naive", Session::spoil, |session| session.mix(naive::mix)),
    Rung::reusing("streamed by 256 bits", Session::spoil, |session| {
        session.mix(optimized::streamed_by_256)
    }),
    Rung::reusing("streamed by lines", Session::spoil, |session: &mut Session| {
        session.mix(optimized::streamed)
    })
    .needs(avx512::available),
    #[cfg(portable_simd)]
    Rung::reusing("std::simd", Session::spoil, |session| session.mix(portable_simd::mix_anywhere)),
];

/// Holds every rung and every path against naive.
fn hold(tracks: Vec<Track>) {
    harness::agree_on(RUNGS, Session::new(tracks.clone()));
    harness::agree_on(PATHS, Session::new(tracks));
}

#[test]
fn rungs_agree() {
    harness::agree(RUNGS, two);
    harness::agree(RUNGS, sixteen);
    harness::agree(PATHS, two);
    harness::agree(PATHS, sixteen);
    edges::edges().into_iter().for_each(|session| hold(session.tracks));
}

/// Long enough for `optimized` to stream by its own choice, and one frame short of that.
#[test]
fn a_long_mix_is_right() {
    for n in [optimized::LONG / 5 - 1, optimized::LONG / 5 + 1] {
        let mut session = Session::new(tracks(4, n, 1));
        assert!(session.mix(optimized::mix) == session.mix(naive::mix), "{n} frames");
    }
}

#[test]
fn naive_is_within_its_rounding_errors() {
    let mut session = sixteen(1000, 3);
    let mix = session.mix(naive::mix);
    for (frame, sample) in mix.0.iter().enumerate() {
        let parts = session
            .tracks
            .iter()
            .map(|track| f64::from(track.samples[frame]) * f64::from(track.gain));
        let (sum, size) =
            parts.fold((0.0, 0.0), |(sum, size), part| (sum + part, size + part.abs()));
        // One rounding for the product, and one for each of the sixteen sums that it is part of.
        let allowed = 17.0 * f64::from(f32::EPSILON) / 2.0 * size;
        assert!((f64::from(*sample) - sum).abs() <= allowed, "frame {frame}: {sample} for {sum}");
    }
}

#[test]
fn a_session_knows_what_is_read_and_what_is_heard() {
    assert_eq!(two(1000, 1).bytes(), 3 * 4000);
    assert_eq!(sixteen(0, 1).bytes(), 0);
    let track = |samples: [f32; 4]| Track { gain: 0.5, samples: samples.to_vec() };
    let mut session = Session::new(vec![track([0.0, 1.0, -1.0, 2.0]), track([0.0, 1.0, 1.0, 2.0])]);
    assert_eq!(session.mix(optimized::mix).heard(), 2);
}

#[test]
fn mixes_differ_in_length_and_in_each_sample() {
    let differ = |a: &[f32], b: &[f32]| Mix(a.to_vec()) != Mix(b.to_vec());
    assert!(differ(&[1.0], &[1.0, 2.0]));
    assert!(differ(&[f32::NAN], &[1.0]) && differ(&[1.0], &[f32::NAN]) && differ(&[0.0], &[-0.0]));
    assert!(!differ(&[f32::NAN], &[-f32::NAN]));
}

#[test]
fn nothing_is_left_of_a_mix_that_is_spoiled() {
    let mut session = two(100, 1);
    drop(session.mix(naive::mix));
    session.spoil();
    assert!(session.pool[0].0.iter().all(|sample| sample.is_nan()));
}

#[test]
fn a_mix_that_is_held_is_not_written_to() {
    let mut session = two(100, 1);
    let held = session.mix(naive::mix);
    session.tracks[0].gain = 0.0;
    assert_ne!(session.mix(naive::mix), held);
    drop(held);
    session.mix(naive::mix);
    assert_eq!(session.pool.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rungs_agree_on_any_tracks(
        samples in proptest::collection::vec(any::<[f32; 6]>(), 0..1200),
        gains in any::<[f32; 6]>(),
        count in 0_usize..=6,
    ) {
        let track = |at: usize| Track {
            gain: gains[at],
            samples: samples.iter().map(|frame| frame[at]).collect(),
        };
        hold((0..count).map(track).collect());
    }
}
