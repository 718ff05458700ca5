//! One pass per track: start with silence, then add each track times its gain.

use crate::session::Track;

/// Mixes the tracks into `out`.
pub fn mix(tracks: &[Track], out: &mut [f32]) {
    out.fill(0.0);
    for track in tracks {
        for (out, sample) in out.iter_mut().zip(&track.samples) {
            *out += sample * track.gain;
        }
    }
}
