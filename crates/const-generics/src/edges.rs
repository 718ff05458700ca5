//! Layouts with and without a function of their own, few frames, and signs of zero.

use crate::{Audio, input};
use harness::data::rng;

/// Hand-made audio, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Audio> {
    let mut edges = Vec::new();
    for channels in [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 33] {
        for n in [0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 17] {
            edges.push(input(channels, n, &mut rng(n as u64)));
        }
        for (gain, sample) in [(0.0, -0.0), (-0.0, -0.0), (1.0, 1e-40), (-1.0, f32::MIN_POSITIVE)] {
            let gains = vec![gain; channels * channels];
            edges.push(Audio::new(channels, gains, vec![sample; channels * 3]));
        }
        // Each channel to the one before it: whatever goes elsewhere is off by a whole sample.
        let to_the_left = |at: usize| (at / channels + 1) % channels == at % channels;
        let gains = (0..channels * channels).map(|at| f32::from(u8::from(to_the_left(at))));
        let frames = (0..channels * 5).map(|at| at as f32).collect();
        edges.push(Audio::new(channels, gains.collect(), frames));
    }
    edges
}
