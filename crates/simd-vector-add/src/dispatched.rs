//! The naive loop, word for word, compiled a second time for registers of 256 bits and chosen at
//! run time.

use crate::naive;
use crate::session::Track;

/// Mixes the tracks into `out`.
pub fn mix(tracks: &[Track], out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { mix_avx2(tracks, out) };
    }
    naive::mix(tracks, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn mix_avx2(tracks: &[Track], out: &mut [f32]) {
    out.fill(0.0);
    for track in tracks {
        for (out, sample) in out.iter_mut().zip(&track.samples) {
            *out += sample * track.gain;
        }
    }
}
