//! The fused passes with registers of 256 bits where the processor has them; and, where one pass is
//! enough and no cache would keep the mix, with stores that go past the caches.
//!
//! Rejected: mixing in blocks, so that the mix stays in the first-level cache between passes (with
//! short bursts from each track the prefetcher seems to begin anew), and sixteen tracks in one pass
//! (too many streams for cache and prefetcher).

use crate::fused;
use crate::session::Track;

/// Samples of a mix as large as last-level caches commonly are.
pub(crate) const LONG: usize = 4 << 20;

/// Mixes the tracks into `out`.
pub fn mix(tracks: &[Track], out: &mut [f32]) {
    if out.len() < LONG { stored(tracks, out) } else { streamed(tracks, out) }
}

/// With ordinary stores: `out` will be found in a cache.
pub(crate) fn stored(tracks: &[Track], out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { avx2::mix(tracks, out) };
    }
    fused::mix(tracks, out);
}

/// With stores that do not first fetch what they overwrite, if one pass suffices.
pub(crate) fn streamed(tracks: &[Track], out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: this processor has what the functions were compiled for.
        return unsafe {
            match tracks {
                [a] => avx2::stream([a], out),
                [a, b] => avx2::stream([a, b], out),
                [a, b, c] => avx2::stream([a, b, c], out),
                [a, b, c, d] => avx2::stream([a, b, c, d], out),
                _ => avx2::mix(tracks, out),
            }
        };
    }
    fused::mix(tracks, out);
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use crate::fused;
    use crate::session::Track;
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx2")]
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

    /// The loop of `fused`, compiled for wider registers.
    // As a parameter, `out` is known to overlap no track, and the loop needs no check for it.
    #[inline(never)]
    #[target_feature(enable = "avx2")]
    fn add<const N: usize, const SILENT: bool>(tracks: [&Track; N], out: &mut [f32]) {
        fused::add::<N, SILENT>(tracks, out);
    }

    /// Mixes in one pass around the caches.
    #[target_feature(enable = "avx2")]
    pub(super) fn stream<const N: usize>(tracks: [&Track; N], out: &mut [f32]) {
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
                // SAFETY: eight samples are read.
                let eight = unsafe { _mm256_loadu_ps(eight.as_ptr()) };
                mix = _mm256_add_ps(mix, _mm256_mul_ps(eight, gains[track]));
            }
            // SAFETY: eight samples are written, and after the head they are aligned to 32 bytes.
            unsafe { _mm256_stream_ps(out.as_mut_ptr(), mix) };
        }
        _mm_sfence(); // streamed stores are ordered with nothing else
    }
}
