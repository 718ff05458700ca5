//! `optimized` once more, with registers of 512 bits: each is as long as a cache line, and is all
//! of one only where the buffer happens to start at a line.

use crate::optimized;
use crate::session::Track;

/// Mixes the tracks into `out`.
pub fn mix(tracks: &[Track], out: &mut [f32]) {
    if out.len() < optimized::LONG { stored(tracks, out) } else { streamed(tracks, out) }
}

/// With ordinary stores: `out` will be found in a cache.
pub(crate) fn stored(tracks: &[Track], out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if available().is_ok() {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { avx512f::mix(tracks, out) };
    }
    optimized::stored(tracks, out);
}

/// With stores that do not first fetch what they overwrite, if one pass suffices.
pub(crate) fn streamed(tracks: &[Track], out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if available().is_ok() {
        // SAFETY: this processor has what the functions were compiled for.
        return unsafe {
            match tracks {
                [a] => avx512f::stream([a], out),
                [a, b] => avx512f::stream([a, b], out),
                [a, b, c] => avx512f::stream([a, b, c], out),
                [a, b, c, d] => avx512f::stream([a, b, c, d], out),
                _ => avx512f::mix(tracks, out),
            }
        };
    }
    optimized::streamed(tracks, out);
}

/// Whether this processor has what the rung is about.
///
/// # Errors
/// Says that it does not.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") {
        return Ok(());
    }
    Err("this processor has no AVX-512".to_owned())
}

#[cfg(target_arch = "x86_64")]
mod avx512f {
    use crate::fused;
    use crate::session::Track;
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx512f")]
    pub(super) fn mix(tracks: &[Track], out: &mut [f32]) {
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

    /// The loop of `fused`, compiled for the widest registers.
    // As a parameter, `out` is known to overlap no track, and the loop needs no check for it.
    #[inline(never)]
    #[target_feature(enable = "avx512f")]
    fn add<const N: usize, const SILENT: bool>(tracks: [&Track; N], out: &mut [f32]) {
        fused::add::<N, SILENT>(tracks, out);
    }

    /// Mixes in one pass around the caches.
    #[target_feature(enable = "avx512f")]
    pub(super) fn stream<const N: usize>(tracks: [&Track; N], out: &mut [f32]) {
        let gains: [__m512; N] = std::array::from_fn(|track| _mm512_set1_ps(tracks[track].gain));
        let head = out.as_ptr().align_offset(64).min(out.len());
        let tail = head + (out.len() - head) / 16 * 16;
        for at in (0..head).chain(tail..out.len()) {
            out[at] = tracks.iter().fold(0.0, |mix, track| mix + track.samples[at] * track.gain);
        }
        let samples: [&[f32]; N] = std::array::from_fn(|track| &tracks[track].samples[head..tail]);
        for (row, out) in out[head..tail].as_chunks_mut::<16>().0.iter_mut().enumerate() {
            let mut mix = _mm512_setzero_ps();
            for track in 0..N {
                let line = samples[track][row * 16..].first_chunk::<16>().expect("a whole row");
                // SAFETY: sixteen samples are read.
                let line = unsafe { _mm512_loadu_ps(line.as_ptr()) };
                mix = _mm512_add_ps(mix, _mm512_mul_ps(line, gains[track]));
            }
            // SAFETY: sixteen samples are written, and after the head they are aligned to 64 bytes.
            unsafe { _mm512_stream_ps(out.as_mut_ptr(), mix) };
        }
        _mm_sfence(); // streamed stores are ordered with nothing else
    }
}
