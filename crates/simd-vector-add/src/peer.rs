//! `ndarray` at its best: `azip!` over as many tracks at once as fit into it in even numbers, and
//! `scaled_add`, which linear algebra calls axpy, for a single one.

use crate::session::Track;
use ndarray::{ArrayView1, ArrayViewMut1, azip};

/// Mixes the tracks into `out`.
pub fn mix(tracks: &[Track], out: &mut [f32]) {
    let mut out = ArrayViewMut1::from(out);
    let mut rest = begin(tracks, &mut out);
    while let [a, b, c, d, others @ ..] = rest {
        let [ga, gb, gc, gd] = [a, b, c, d].map(|track| track.gain);
        let [a, b, c, d] = [a, b, c, d].map(|track| ArrayView1::from(&track.samples));
        azip!((out in &mut out, a in a, b in b, c in c, d in d) {
            *out = *out + a * ga + b * gb + c * gc + d * gd;
        });
        rest = others;
    }
    while let [a, b, others @ ..] = rest {
        let [ga, gb] = [a, b].map(|track| track.gain);
        let [a, b] = [a, b].map(|track| ArrayView1::from(&track.samples));
        azip!((out in &mut out, a in a, b in b) *out = *out + a * ga + b * gb);
        rest = others;
    }
    if let [track] = rest {
        out.scaled_add(track.gain, &ArrayView1::from(&track.samples));
    }
}

/// Writes the first tracks, which needs no silence to add them to, and returns the others.
fn begin<'a>(tracks: &'a [Track], out: &mut ArrayViewMut1<f32>) -> &'a [Track] {
    if let [a, b, c, d, others @ ..] = tracks {
        let [ga, gb, gc, gd] = [a, b, c, d].map(|track| track.gain);
        let [a, b, c, d] = [a, b, c, d].map(|track| ArrayView1::from(&track.samples));
        azip!((out in out, a in a, b in b, c in c, d in d) {
            *out = 0.0 + a * ga + b * gb + c * gc + d * gd;
        });
        others
    } else if let [a, b, others @ ..] = tracks {
        let [ga, gb] = [a, b].map(|track| track.gain);
        let [a, b] = [a, b].map(|track| ArrayView1::from(&track.samples));
        azip!((out in out, a in a, b in b) *out = 0.0 + a * ga + b * gb);
        others
    } else {
        out.fill(0.0);
        tracks
    }
}
