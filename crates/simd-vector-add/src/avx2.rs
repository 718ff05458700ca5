//! The fused passes, compiled for registers of 256 bits and chosen at run time.
//!
//! Rejected: mixing in blocks, so that the mix stays in the first-level cache between passes (with
//! short bursts from each track the prefetcher seems to begin anew), or in a few registers, with
//! all tracks in turn (the same); and sixteen tracks in one pass, where the mix is cached.

use crate::fused;
use crate::session::Track;

/// Mixes the tracks into `out`.
pub fn mix(tracks: &[Track], out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { ymm::mix(tracks, out) };
    }
    fused::mix(tracks, out);
}

/// Whether this processor has what the rung is about.
///
/// # Errors
/// Says that it does not.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        return Ok(());
    }
    Err("this processor has no AVX2".to_owned())
}

#[cfg(target_arch = "x86_64")]
pub(crate) mod ymm {
    use crate::fused;
    use crate::session::Track;
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx2")]
    pub(crate) fn mix(tracks: &[Track], out: &mut [f32]) {
        let (first, eights) = fused::passes(tracks);
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

    /// The loop of `fused`, compiled for wider registers.
    // As a parameter, `out` is known to overlap no track, and the loop needs no check for it.
    #[inline(never)]
    #[target_feature(enable = "avx2")]
    fn add<const N: usize, const SILENT: bool>(tracks: &[Track], out: &mut [f32]) {
        fused::add::<N, SILENT>(tracks, out);
    }

    /// Mixes all `N` tracks in one pass around the caches.
    #[target_feature(enable = "avx2")]
    pub(crate) fn stream<const N: usize>(tracks: &[Track], out: &mut [f32]) {
        assert_eq!(tracks.len(), N);
        let gains: [__m256; N] = std::array::from_fn(|track| _mm256_set1_ps(tracks[track].gain));
        let head = out.as_ptr().align_offset(32).min(out.len());
        let tail = head + (out.len() - head) / 8 * 8;
        for at in (0..head).chain(tail..out.len()) {
            out[at] = tracks.iter().fold(0.0, |mix, track| mix + track.samples[at] * track.gain);
        }
        let samples: [&[f32]; N] = std::array::from_fn(|track| &tracks[track].samples[head..tail]);
        for (row, out) in out[head..tail].as_chunks_mut::<8>().0.iter_mut().enumerate() {
            let mut mix = _mm256_setzero_ps();
            for track in 0..N {
                let eight = samples[track][row * 8..].first_chunk::<8>().expect("a whole row");
                // SAFETY: so many samples are read.
                let eight = unsafe { _mm256_loadu_ps(eight.as_ptr()) };
                mix = _mm256_add_ps(mix, _mm256_mul_ps(eight, gains[track]));
            }
            // SAFETY: so many samples are written, and after the head they are aligned as it asks.
            unsafe { _mm256_stream_ps(out.as_mut_ptr(), mix) };
        }
        _mm_sfence(); // streamed stores are ordered with nothing else
    }
}
