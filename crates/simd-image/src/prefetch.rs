//! Asking for pixels before their turn.

use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};

/// Bytes of pixels that are asked for in advance: two pages.
pub(crate) const AHEAD: usize = 8 << 10;

/// Asks for the lines of pixels that come `AHEAD` bytes after these; with 0, for none. They may lie
/// beyond the last pixel, since asking for what is not there does nothing.
#[inline(always)]
pub(crate) fn prefetch<const AHEAD: usize>(pixels: &[u8]) {
    const LINE: usize = 64;
    if AHEAD > 0 {
        for line in pixels.chunks_exact(LINE) {
            // SAFETY: a prefetch touches nothing, wherever it points, and SSE is in every build.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(line.as_ptr().wrapping_add(AHEAD).cast()) }
        }
    }
}
