//! Words of eight bytes instead of bytes: where a semicolon is, and what a number is, without a
//! loop and without a branch.

/// Bytes from where a row begins within which it ends, and so does all that is loaded to read it:
/// where so many are left, nobody asks for each of them whether it is there.
pub const LONGEST: usize = 128;

/// The word at a place of the text.
///
/// # Panics
/// If the text ends before it does.
#[inline(always)]
pub fn word(text: &[u8], at: usize) -> u64 {
    let bytes = text.get(at..).and_then(<[u8]>::first_chunk);
    u64::from_le_bytes(*bytes.expect("a row has its semicolon within its hundred bytes"))
}

/// The highest bit of each byte that is a semicolon. It may also be set in bytes behind the first
/// of those, never before. Zero bytes are found by what a subtraction borrows (Mycroft, 1987).
#[inline(always)]
pub fn semicolons(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let zero = word ^ (ONES * b';' as u64);
    zero.wrapping_sub(ONES) & !zero & ONES << 7
}

/// How many bytes are before the first of them.
#[inline(always)]
pub fn first(semicolons: u64) -> usize {
    semicolons.trailing_zeros() as usize / 8
}

/// The number that a word begins with, in tenths, and the bytes that it and the line's end take. A
/// number is `1.2` or `12.3`, and a minus may stand before it. That signs and points can be asked
/// for by single bits, and digits put together by one multiplication, is of Quan Anh Mai's solution
/// of the challenge (2024).
#[inline(always)]
pub fn number(word: u64) -> (i32, usize) {
    // The bit that digits have, and neither a point nor a minus.
    const DIGIT: u32 = 4;
    let minus = !word >> DIGIT & 1;
    let word = word >> (8 * minus);
    let two = word >> (8 + DIGIT) & 1;
    // Tens, ones, point, tenth: a number without tens moves up, and has zero there.
    let digits = word << (8 - 8 * two) & 0x0f00_0f0f;
    // Each digit is multiplied to where the product has its hundreds.
    let hundreds = digits * (100 << 24 | 10 << 16 | 1);
    let tenths = hundreds >> 24 & 0x3ff;
    ((tenths as i32 ^ -(minus as i32)) + minus as i32, (4 + minus + two) as usize)
}
