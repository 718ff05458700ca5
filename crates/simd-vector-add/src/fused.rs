//! Eight tracks per pass: what is mixed so far is loaded and stored once for all of them, and the
//! first pass does not load it at all.

use crate::session::Track;

/// Mixes the tracks into `out`.
pub fn mix(tracks: &[Track], out: &mut [f32]) {
    let (first, eights) = passes(tracks);
    match first.len() {
        0 => out.fill(0.0),
        1 => add::<1, true>(first, out),
        2 => add::<2, true>(first, out),
        3 => add::<3, true>(first, out),
        4 => add::<4, true>(first, out),
        5 => add::<5, true>(first, out),
        6 => add::<6, true>(first, out),
        7 => add::<7, true>(first, out),
        _ => add::<8, true>(first, out),
    }
    for eight in eights {
        add::<8, false>(eight, out);
    }
}

/// Up to eight tracks, with which the mix begins, and then always eight.
pub(crate) fn passes(tracks: &[Track]) -> (&[Track], &[[Track; 8]]) {
    let (first, eights) = tracks.as_rchunks();
    match eights {
        [_, eights @ ..] if first.is_empty() => (&tracks[..8], eights),
        _ => (first, eights),
    }
}

/// Adds `N` tracks to silence, or to what is there.
#[inline(always)] // so that it is compiled with the features of its caller
pub(crate) fn add<const N: usize, const SILENT: bool>(tracks: &[Track], out: &mut [f32]) {
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
