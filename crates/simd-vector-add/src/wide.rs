//! The naive loop with its vectors spelled out: eight samples at a time, in `wide`'s types.

use crate::session::Track;
use wide::f32x8;

/// Mixes the tracks into `out`.
pub fn mix(tracks: &[Track], out: &mut [f32]) {
    out.fill(0.0);
    for track in tracks {
        let (samples, rest) = track.samples.as_chunks::<8>();
        let (outs, out_rest) = out.as_chunks_mut::<8>();
        for (out, &samples) in outs.iter_mut().zip(samples) {
            *out = (f32x8::new(samples) * track.gain + f32x8::new(*out)).to_array();
        }
        for (out, sample) in out_rest.iter_mut().zip(rest) {
            *out += sample * track.gain;
        }
    }
}
