//! Sessions of none to twenty-four tracks, of few frames, and of samples that are no sound.

use crate::session::{Session, Track};
use crate::tracks;

/// Hand-made sessions, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Session> {
    let mut edges = Vec::new();
    for count in (0..=17).chain([24]) {
        for n in [0, 1, 3, 7, 8, 9, 15, 16, 17, 100, 1023] {
            edges.push(tracks(count, n, 1));
        }
    }
    let odd = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 0.0, -0.0, f32::MAX, f32::MIN_POSITIVE];
    for gain in [0.0, -0.0, -1.0, 0.5, 1e-30] {
        for at in 0..odd.len() {
            let mut samples = odd.repeat(6);
            samples.rotate_left(at);
            let one = Track { gain, samples: odd.repeat(6) };
            edges.push(vec![one.clone(), Track { gain: 0.7, samples }, one]);
        }
    }
    edges.into_iter().map(Session::new).collect()
}
