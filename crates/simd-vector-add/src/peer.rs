//! `ndarray` at its best: `azip!` over as many tracks at once as fit into it in even numbers, and
//! `scaled_add`, which linear algebra calls axpy, for a single one.

use crate::session::Track;
use ndarray::{ArrayView1, ArrayViewMut1, azip};

/// Mixes the tracks into `out`.
pub fn mix(tracks: &[Track], out: &mut [f32]) {
    let mut out = ArrayViewMut1::from(out);
    out.fill(0.0);
    let mut rest = tracks;
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
