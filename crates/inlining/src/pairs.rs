//! All rows in one call, and the arithmetic compiled for the widest vectors that the processor has.
//!
//! One sum of 32 bits a block takes the place of eight: additions of integers have no order, so the
//! compiler may add products two by two, and there is an instruction for that.

use crate::rows;
use crate::shot::APART;
use crate::vectors::Vectors;
use inlining_pixels::View;

/// Pixels whose squares fit into one sum: 65,536 times 255² are just below 2³².
pub(crate) const BLOCK: usize = 1 << 16;

/// Pixels in a row that fill no vector.
pub(crate) const NARROW: usize = 16;

/// The sum of the squared differences of pixels that are two apart in a row.
pub fn sharpness(frame: &View) -> u64 {
    if frame.width() < NARROW {
        return by_rows(frame, few_squares);
    }
    sharpness_with(Vectors::best(), frame)
}

/// The same with chosen vectors; the portable way where the processor lacks them.
pub fn sharpness_with(vectors: Vectors, frame: &View) -> u64 {
    match vectors {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: this processor has what the function was compiled for.
        Vectors::Avx512 if vectors.there() => unsafe { avx512(frame) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Vectors::Avx2 if vectors.there() => unsafe { avx2(frame) },
        _ => by_rows(frame, rows::squares),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512bw")]
#[expect(clippy::redundant_closure, reason = "a closure has the features of where it is written")]
fn avx512(frame: &View) -> u64 {
    by_rows(frame, |row| squares(row))
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[expect(clippy::redundant_closure, reason = "a closure has the features of where it is written")]
fn avx2(frame: &View) -> u64 {
    by_rows(frame, |row| squares(row))
}

pub(crate) fn by_rows(frame: &View, squares: impl Fn(&[u8]) -> u64) -> u64 {
    frame.fold_rows(0, |sum, row| sum + squares(row))
}

#[inline(always)] // so that it is compiled with the features of its caller
pub(crate) fn squares(row: &[u8]) -> u64 {
    let ahead = row.get(APART..).unwrap_or_default();
    let blocks = row.chunks(BLOCK).zip(ahead.chunks(BLOCK));
    blocks.map(|(a, b)| a.iter().zip(b).map(square).sum::<u32>()).map(u64::from).sum()
}

/// The same without what a vector wants to be asked first.
pub(crate) fn few_squares(row: &[u8]) -> u64 {
    row.windows(APART + 1).map(|few| u64::from(square((&few[0], &few[APART])))).sum()
}

#[inline(always)] // as above
fn square((&a, &b): (&u8, &u8)) -> u32 {
    let difference = u32::from(a.abs_diff(b));
    difference * difference
}
