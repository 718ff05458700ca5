//! The fused passes over one block of frames after the other, so that what is mixed so far stays in
//! the first-level cache; with registers of 256 bits where the processor has them; and, when no
//! cache would keep the mix, with stores that go around the caches.

use crate::{Track, fused};

/// Samples of a mix as large as last-level caches commonly are.
const LONG: usize = 4 << 20;

/// Mixes the tracks into `out`.
pub fn mix(tracks: &[Track], out: &mut [f32]) {
    if out.len() < LONG { cached(tracks, out) } else { streamed(tracks, out) }
}

/// Mixes with ordinary stores: `out` will be read soon.
pub(crate) fn cached(tracks: &[Track], out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { avx2::mix(tracks, 0, out) };
    }
    fused::mix(tracks, out);
}

/// Mixes with stores that do not first fetch what they overwrite.
pub(crate) fn streamed(tracks: &[Track], out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { avx2::stream(tracks, out) };
    }
    fused::mix(tracks, out);
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use crate::{Track, fused};
    use std::arch::x86_64::{_mm_sfence, _mm256_loadu_ps, _mm256_stream_ps};

    /// Frames in a block: together with four tracks it fits the first-level cache.
    const BLOCK: usize = 1024;

    /// Mixes what the tracks have from `start` on.
    #[target_feature(enable = "avx2")]
    pub(super) fn mix(tracks: &[Track], start: usize, out: &mut [f32]) {
        let (lead, fours) = tracks.as_rchunks::<4>();
        for (at, out) in (start..).step_by(BLOCK).zip(out.chunks_mut(BLOCK)) {
            match lead {
                [a] => add::<1, true>([a], at, out),
                [a, b] => add::<2, true>([a, b], at, out),
                [a, b, c] => add::<3, true>([a, b, c], at, out),
                _ => out.fill(0.0),
            }
            for four in fours {
                add::<4, false>(four.each_ref(), at, out);
            }
        }
    }

    /// The same source as in `fused`, compiled for wider registers.
    #[target_feature(enable = "avx2")]
    fn add<const N: usize, const SILENT: bool>(tracks: [&Track; N], at: usize, out: &mut [f32]) {
        fused::add::<N, SILENT>(tracks, at, out);
    }

    /// Mixes block by block in a buffer that stays in the cache, and copies each block past the
    /// caches.
    #[target_feature(enable = "avx2")]
    pub(super) fn stream(tracks: &[Track], out: &mut [f32]) {
        let head = out.as_ptr().align_offset(32).min(out.len());
        let (before, aligned) = out.split_at_mut(head);
        mix(tracks, 0, before);
        let mut block = [0.0; BLOCK];
        for (at, out) in (head..).step_by(BLOCK).zip(aligned.chunks_mut(BLOCK)) {
            let block = &mut block[..out.len()];
            mix(tracks, at, block);
            let (to, to_rest) = out.as_chunks_mut::<8>();
            let (from, from_rest) = block.as_chunks::<8>();
            for (to, from) in to.iter_mut().zip(from) {
                // SAFETY: both are eight samples long, and `to` is aligned to 32 bytes: the head
                // was left out, and blocks and vectors are whole multiples of that.
                unsafe { _mm256_stream_ps(to.as_mut_ptr(), _mm256_loadu_ps(from.as_ptr())) };
            }
            to_rest.copy_from_slice(from_rest);
        }
        _mm_sfence(); // streamed stores are ordered with nothing else
    }
}
