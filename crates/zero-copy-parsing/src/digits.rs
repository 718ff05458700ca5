//! A number of up to eight digits without a loop, so that there is no moment at which it ends.

use crate::export::number;

/// The field `text[start..end]` as a number, by the rules of [`number`].
#[inline(always)]
pub(crate) fn number_at(text: &[u8], start: usize, end: usize) -> Option<i64> {
    let length = end - start;
    match text[..end].last_chunk() {
        Some(&bytes) if (1..=8).contains(&length) => {
            // The last digit is in the highest byte; what is not part of the field becomes a
            // leading zero.
            let surplus = (8 - length) * 8;
            let digits = (u64::from_le_bytes(bytes) ^ 0x3030_3030_3030_3030) >> surplus << surplus;
            let above_nine = digits.wrapping_add(0x7676_7676_7676_7676) | digits;
            if above_nine & 0x8080_8080_8080_8080 == 0 {
                return Some(eight_digits(digits));
            }
            number(&text[start..end])
        }
        _ => number(&text[start..end]),
    }
}

/// Neighbours become pairs, pairs become fours, fours become eight (Lemire, "Quickly parsing eight
/// digits", 2018).
fn eight_digits(digits: u64) -> i64 {
    let pairs = digits.wrapping_mul(10 << 8 | 1) >> 8 & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100 << 16 | 1) >> 16 & 0x0000_ffff_0000_ffff;
    (fours.wrapping_mul(10_000 << 32 | 1) >> 32).cast_signed()
}
