//! The widest dot product that the processor has, and for a frame that no near cache holds, what
//! memory is told: what is wanted next, if the core gains by that, and what need not be read
//! because it is overwritten whole.
//!
//! A store normally reads its cache line first, to change a part of it. A frame that is too big to
//! stay cached pays for that traffic and gains nothing. A streaming store collects a whole line and
//! sends it to memory unread.

use crate::{ahead, avx512, fixed_point, wide};
#[cfg(target_arch = "x86_64")]
use crate::{maddubs::avx2, prefetch::AHEAD};
use harness::core_kind::gains_by_asking_ahead;

/// Pixels from which a frame, with its gray, is taken to be too big for the last cache: 20 MiB.
///
/// The processor could be asked for the size of its last cache. It names that of a whole socket,
/// of which a virtual machine, or a neighbour, leaves any share: measured, a frame of this size
/// comes from memory where 32 MiB are named, and where hundreds are.
#[cfg(target_arch = "x86_64")]
const STREAM_FROM: usize = 4 << 20;

/// Writes the BT.709 luma of each RGBA pixel, within 1 of the exact value.
#[inline] // so that a few pixels cost no second call
pub fn to_gray(rgba: &[u8], gray: &mut [u8]) {
    match gray.len() {
        ..16 => fixed_point::to_gray(rgba, gray), // no vector to fill
        16..32 => wide::to_gray(rgba, gray),      // not worth asking for a longer one
        _ => many(rgba, gray),
    }
}

/// By the widest registers there are, and as far from the processor as the frame must lie.
#[inline(never)]
fn many(rgba: &[u8], gray: &mut [u8]) {
    let asks = gains_by_asking_ahead();
    #[cfg(target_arch = "x86_64")]
    if gray.len() >= STREAM_FROM {
        if avx512::vectors::available() {
            // SAFETY: the processor has what `available` asks for.
            return unsafe {
                match asks {
                    true => avx512::vectors::stream::<AHEAD>(rgba, gray),
                    false => avx512::vectors::stream::<0>(rgba, gray),
                }
            };
        } else if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2.
            return unsafe {
                match asks {
                    true => avx2::stream::<AHEAD>(rgba, gray),
                    false => avx2::stream::<0>(rgba, gray),
                }
            };
        }
    }
    if asks { ahead::to_gray(rgba, gray) } else { avx512::to_gray(rgba, gray) }
}
