//! The fused passes in the widest registers that the processor has units for; and where tracks and
//! mix are more than caches hold, one pass for all of them, with stores that go past the caches.
//!
//! Where a register of 512 bits is fed through in two halves it saves instructions and nothing
//! else, while each access to a buffer that does not start at a line straddles two.
//!
//! A store first fetches the line that it is about to overwrite, and a second pass over the mix
//! fetches it once more. Neither is felt while the mix waits in a cache. It does not where more was
//! read meanwhile than the cache holds, be the mix itself long or not.

use harness::core_kind::has_units_of_512_bits;

use crate::session::Track;
use crate::{avx2, avx512};
#[cfg(target_arch = "x86_64")]
use crate::{avx2::ymm, avx512::zmm};

/// Samples of tracks and mix together from which on no cache is counted on: 16 MiB. What a
/// processor names as its last cache is that of a whole socket, of which neighbours, and the owner
/// of a virtual machine, leave any share.
pub(crate) const LONG: usize = 4 << 20;

/// Mixes the tracks into `out`.
pub fn mix(tracks: &[Track], out: &mut [f32]) {
    if out.len() * (tracks.len() + 1) >= LONG {
        streamed(tracks, out);
    } else if has_units_of_512_bits() {
        avx512::mix(tracks, out);
    } else {
        avx2::mix(tracks, out); // which is the plain passes where there are no such registers
    }
}

/// With stores that do not first fetch what they overwrite, for numbers of tracks that one pass
/// takes: each needs a loop of its own, so these are the common ones.
pub(crate) fn streamed(tracks: &[Track], out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") {
        // SAFETY: this processor has what the functions were compiled for.
        return unsafe {
            match tracks.len() {
                1 => zmm::stream::<1>(tracks, out),
                2 => zmm::stream::<2>(tracks, out),
                3 => zmm::stream::<3>(tracks, out),
                4 => zmm::stream::<4>(tracks, out),
                8 => zmm::stream::<8>(tracks, out),
                16 => zmm::stream::<16>(tracks, out),
                _ => zmm::mix(tracks, out),
            }
        };
    }
    streamed_by_256(tracks, out);
}

/// The same without AVX-512.
pub(crate) fn streamed_by_256(tracks: &[Track], out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: this processor has what the functions were compiled for.
        return unsafe {
            match tracks.len() {
                1 => ymm::stream::<1>(tracks, out),
                2 => ymm::stream::<2>(tracks, out),
                3 => ymm::stream::<3>(tracks, out),
                4 => ymm::stream::<4>(tracks, out),
                8 => ymm::stream::<8>(tracks, out),
                16 => ymm::stream::<16>(tracks, out),
                _ => ymm::mix(tracks, out),
            }
        };
    }
    crate::fused::mix(tracks, out);
}
