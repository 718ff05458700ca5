//! The fused passes in `std::simd`, unstable in Rust 1.95: one loop, compiled once for each width
//! of register, and none of the intrinsics.

use crate::session::Track;
use std::simd::prelude::*;

/// Mixes the tracks into `out`.
pub fn mix(tracks: &[Track], out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { mix_avx2(tracks, out) };
    }
    mix_anywhere(tracks, out);
}

/// Registers of 256 bits.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
pub(crate) fn mix_avx2(tracks: &[Track], out: &mut [f32]) {
    mix_anywhere(tracks, out);
}

/// What the build may rely on, SSE2 or NEON; or what the caller is compiled for.
#[inline(always)]
pub(crate) fn mix_anywhere(tracks: &[Track], out: &mut [f32]) {
    let (lead, fours) = tracks.as_rchunks::<4>();
    match lead {
        [a] => add::<1, true>([a], out),
        [a, b] => add::<2, true>([a, b], out),
        [a, b, c] => add::<3, true>([a, b, c], out),
        _ => out.fill(0.0),
    }
    for four in fours {
        add::<4, false>(four.each_ref(), out);
    }
}

/// Adds the tracks to silence, or to what is there.
#[inline(always)]
fn add<const N: usize, const SILENT: bool>(tracks: [&Track; N], out: &mut [f32]) {
    let n = out.len();
    let samples: [&[f32]; N] = tracks.map(|track| &track.samples[..n]);
    let (outs, rest) = out.as_chunks_mut::<8>();
    let eights: [&[[f32; 8]]; N] = samples.map(|samples| &samples.as_chunks().0[..outs.len()]);
    for (row, out) in outs.iter_mut().enumerate() {
        let mut mix = if SILENT { f32x8::splat(0.0) } else { f32x8::from_array(*out) };
        for track in 0..N {
            mix += f32x8::from_array(eights[track][row]) * f32x8::splat(tracks[track].gain);
        }
        *out = mix.to_array();
    }
    let done = n - rest.len();
    for (at, out) in rest.iter_mut().enumerate() {
        let mut mix = if SILENT { 0.0 } else { *out };
        for track in 0..N {
            mix += samples[track][done + at] * tracks[track].gain;
        }
        *out = mix;
    }
}
