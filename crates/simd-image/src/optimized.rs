//! The widest dot product that the processor has, and for a frame that no near cache holds, what
//! memory is told: what is wanted next, and what need not be read because it is overwritten whole.
//!
//! A store normally reads its cache line first, to change a part of it. A frame that is too big to
//! stay cached pays for that traffic and gains nothing. A streaming store collects a whole line and
//! sends it to memory unread. And as a core's prefetchers stop where a page does, pixels are asked
//! for two pages ahead.

#[cfg(target_arch = "x86_64")]
use crate::{ahead::AHEAD, avx512, maddubs::avx2};
use crate::{fixed_point, wide};

/// Pixels from which a frame is asked for ahead of its turn: those of 1 MiB, where it begins to
/// leave a second-level cache. Below, asking is an instruction too many.
#[cfg(target_arch = "x86_64")]
const FAR: usize = 256 << 10;

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
    #[cfg(target_arch = "x86_64")]
    if avx512::vectors::available() {
        // SAFETY: the processor has what `available` asks for.
        return unsafe {
            match gray.len() {
                ..FAR => avx512::vectors::to_gray::<0>(rgba, gray),
                FAR..STREAM_FROM => avx512::vectors::to_gray::<AHEAD>(rgba, gray),
                _ => avx512::vectors::stream(rgba, gray),
            }
        };
    } else if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2.
        return unsafe {
            match gray.len() {
                ..FAR => avx2::to_gray::<0>(rgba, gray),
                FAR..STREAM_FROM => avx2::to_gray::<AHEAD>(rgba, gray),
                _ => avx2::stream(rgba, gray),
            }
        };
    }
    wide::to_gray(rgba, gray);
}
