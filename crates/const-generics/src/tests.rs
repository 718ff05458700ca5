//! Rungs against naive within the tolerance, our own to the bit, and all against 64-bit floats.

use super::*;
use proptest::prelude::*;

/// Channels that have a function of their own, their neighbours, and what has none: less than a
/// panel, one and two, and between.
const LAYOUTS: [usize; 16] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 31, 32, 33];

type Remix = fn(usize, &[f32], &[f32], &mut [f32]);

/// All that must be equal to naive to the bit.
const OURS: [Remix; 6] = [const_n::remix, columns::remix, prepared, portable, avx2, avx512];

/// Holds all rungs to naive, our own without any tolerance, on each path.
fn hold(mut audio: Audio) {
    if let Err(wrong) = harness::check(RUNGS, &mut audio, agree) {
        panic!("{wrong:?}, {} channels", audio.song.channels);
    }
    let Song { channels, gains, frames, .. } = &audio.song;
    let mut naive = vec![f32::NAN; frames.len()];
    naive::remix(*channels, gains, frames, &mut naive);
    for ours in OURS {
        let mut mix = vec![f32::NAN; frames.len()];
        ours(*channels, gains, frames, &mut mix);
        let bits = |mix: &[f32]| mix.iter().map(|sample| sample.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&naive), bits(&mix), "{channels} channels");
    }
    for (at, mixed) in naive.iter().enumerate() {
        let (frame, row) = (at - at % channels, at % channels * channels);
        let product = |c| f64::from(frames[frame + c]) * f64::from(gains[row + c]);
        let exact: f64 = (0..*channels).map(product).sum();
        assert!((exact - f64::from(*mixed)).abs() <= audio.song.allowed.into(), "{at}");
    }
}

/// What has been learned when the file was opened.
fn prepared(channels: usize, gains: &[f32], frames: &[f32], out: &mut [f32]) {
    prepared::Mixer::new(channels, gains).remix(frames, out);
}

/// The path that every machine can take.
fn portable(channels: usize, gains: &[f32], frames: &[f32], out: &mut [f32]) {
    optimized::Mixer::new(channels, gains, Vectors::Portable).remix(frames, out);
}

/// The path for AVX2, where there is one.
fn avx2(channels: usize, gains: &[f32], frames: &[f32], out: &mut [f32]) {
    optimized::Mixer::new(channels, gains, Vectors::Avx2).remix(frames, out);
}

/// The path for AVX-512, where there is one.
fn avx512(channels: usize, gains: &[f32], frames: &[f32], out: &mut [f32]) {
    optimized::Mixer::new(channels, gains, Vectors::Avx512).remix(frames, out);
}

#[test]
fn rungs_agree() {
    harness::agree_by(RUNGS, surround, agree);
    edges::edges().into_iter().for_each(hold);
}

#[test]
fn rungs_agree_on_any_layout_and_length() {
    for channels in LAYOUTS {
        for n in [0, 1, 2, 3, 4, 5, 8, 9, 13] {
            hold(input(channels, n, &mut rng(n as u64)));
        }
        hold(by_channels(channels, 1));
    }
}

#[test]
fn a_matrix_of_ones_and_zeros_moves_channels() {
    for channels in LAYOUTS {
        // Each channel to the one before it.
        let gains = (0..channels * channels)
            .map(|at| if (at / channels + 1) % channels == at % channels { 1.0 } else { 0.0 });
        let frames: Vec<f32> = (0..channels * 5).map(|at| at as f32).collect();
        let mut audio = Audio::new(channels, gains.collect(), frames.clone());
        let mut moved = frames;
        moved.chunks_exact_mut(channels).for_each(|frame| frame.rotate_left(1));
        for rung in [naive::remix, peer::remix].into_iter().chain(OURS) {
            assert_eq!(*audio.by_rows(rung).samples, moved, "{channels} channels");
        }
        hold(audio);
    }
}

#[test]
fn nothing_is_written_behind_the_last_frame() {
    for channels in LAYOUTS {
        let Song { gains, frames, .. } = input(channels, 5, &mut rng(1)).song;
        for ours in OURS {
            let mut longer = vec![7.0; 5 * channels + 20 * channels];
            ours(channels, &gains, &frames, &mut longer[..5 * channels]);
            assert!(longer[5 * channels..].iter().all(|&sample| sample == 7.0), "{channels}");
        }
    }
}

#[test]
#[should_panic(expected = "not a square matrix")]
fn a_matrix_that_is_not_square_is_refused() {
    Audio::new(2, vec![1.0; 5], vec![0.0; 4]);
}

#[test]
fn a_wrong_mix_is_noticed() {
    let naive = surround(3, 1).by_rows(naive::remix);
    let with = |sample: f32| {
        let mut samples = naive.samples.to_vec();
        samples[7] = sample;
        Mix { samples: Rc::new(samples), ..naive }
    };
    let (right, allowed) = (naive.samples[7], naive.allowed);
    for near in [right, right + allowed / 2.0, right - allowed / 2.0] {
        assert_eq!(agree(&naive, &with(near)), Ok(()));
    }
    for wrong in [right + 2.0 * allowed, right - 2.0 * allowed, -right, f32::NAN] {
        assert!(agree(&naive, &with(wrong)).is_err(), "{wrong}");
    }
    let shorter = Mix { samples: Rc::new(naive.samples[..17].to_vec()), ..naive };
    assert!(agree(&naive, &shorter).is_err());
    let loud = with(f32::INFINITY); // its difference from itself is no number
    assert_eq!(agree(&loud, &loud), Ok(()));
}

#[test]
fn what_is_chosen_is_there() {
    assert!(Vectors::Portable.there() && Vectors::best().there());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn rungs_agree_on_any_audio(
        channels in 1_usize..10,
        gains in proptest::collection::vec(-4.0_f32..4.0, 100),
        samples in proptest::collection::vec(-1.0_f32..1.0, 0..200),
    ) {
        let frames = samples[..samples.len() / channels * channels].to_vec();
        hold(Audio::new(channels, gains[..channels * channels].to_vec(), frames));
    }
}
