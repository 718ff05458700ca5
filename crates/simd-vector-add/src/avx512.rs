//! The fused passes with registers of 512 bits: each is as long as a cache line, and is all of one
//! only where the buffer happens to start at a line.

use crate::avx2;
use crate::session::Track;

/// Mixes the tracks into `out`.
pub fn mix(tracks: &[Track], out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { zmm::mix(tracks, out) };
    }
    avx2::mix(tracks, out);
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
pub(crate) mod zmm {
    use crate::fused;
    use crate::session::Track;
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx512f")]
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
    #[target_feature(enable = "avx512f")]
    fn add<const N: usize, const SILENT: bool>(tracks: &[Track], out: &mut [f32]) {
        fused::add::<N, SILENT>(tracks, out);
    }

    /// Mixes all `N` tracks in one pass around the caches.
    #[target_feature(enable = "avx512f")]
    pub(crate) fn stream<const N: usize>(tracks: &[Track], out: &mut [f32]) {
        assert_eq!(tracks.len(), N);
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
                // SAFETY: so many samples are read.
                let line = unsafe { _mm512_loadu_ps(line.as_ptr()) };
                mix = _mm512_add_ps(mix, _mm512_mul_ps(line, gains[track]));
            }
            // SAFETY: so many samples are written, and after the head they are aligned as it asks.
            unsafe { _mm512_stream_ps(out.as_mut_ptr(), mix) };
        }
        _mm_sfence(); // streamed stores are ordered with nothing else
    }
}
