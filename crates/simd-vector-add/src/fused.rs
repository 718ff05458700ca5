//! Four tracks per pass: what is mixed so far is loaded and stored once for all of them.

use crate::session::Track;

/// Mixes the tracks into `out`.
pub fn mix(tracks: &[Track], out: &mut [f32]) {
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
#[inline(always)] // so that it is compiled with the features of its caller
pub(crate) fn add<const N: usize, const SILENT: bool>(tracks: [&Track; N], out: &mut [f32]) {
    let n = out.len();
    let samples: [&[f32]; N] = std::array::from_fn(|track| &tracks[track].samples[..n]);
    let gains: [f32; N] = std::array::from_fn(|track| tracks[track].gain);
    for at in 0..n {
        let mut mix = if SILENT { 0.0 } else { out[at] };
        for track in 0..N {
            mix += samples[track][at] * gains[track];
        }
        out[at] = mix;
    }
}
