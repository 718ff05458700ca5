//! The rules of UTF-8 as comparisons of each byte with the three before it. No byte waits for the
//! one before to be understood, so a compiler can check a register full of them at once, and does.

use std::str::Utf8Error;

use crate::naive;

/// Bytes that are checked at once. Their characters can be counted in a byte.
const BLOCK: usize = 128;

/// A block, after the three bytes before it.
type Window = [u8; 3 + BLOCK];

/// The number of characters of a text, if it is one.
pub fn characters(bytes: &[u8]) -> Result<usize, Utf8Error> {
    count(bytes).map_or_else(|| naive::characters(bytes), Ok)
}

/// The number of characters, or nothing if this is no text.
#[inline(always)] // so that it is compiled with the features of its caller
pub(crate) fn count(bytes: &[u8]) -> Option<usize> {
    let (mut characters, mut bad) = (0, 0);
    let blocks = bytes.len() / BLOCK;
    for at in (0..blocks).map(|block| block * BLOCK) {
        let window = match at.checked_sub(3) {
            Some(from) => bytes[from..].first_chunk().expect("a whole block"),
            None => &padded(&[], &bytes[..BLOCK]),
        };
        if window.iter().fold(0, |all, byte| all | byte) < 0x80 {
            characters += BLOCK; // and the block before has ended with a whole character
        } else {
            let (here, wrong) = block(window);
            characters += here;
            bad |= wrong;
        }
    }
    let (before, rest) = bytes.split_at(blocks * BLOCK);
    let (here, wrong) = block(&padded(&before[before.len().saturating_sub(3)..], rest));
    characters += here - (BLOCK - rest.len());
    (bad | wrong == 0).then_some(characters)
}

/// A block that has no neighbours, with zeros for what is missing: a zero is a whole character.
#[inline(always)]
fn padded(before: &[u8], block: &[u8]) -> Window {
    let mut window = [0; 3 + BLOCK];
    window[3 - before.len()..3].copy_from_slice(before);
    window[3..3 + block.len()].copy_from_slice(block);
    window
}

/// How many characters begin in the block, and zero if nothing is wrong with it.
#[inline(always)]
fn block(window: &Window) -> (usize, u8) {
    let (mut begins, mut bad) = (0_u8, 0);
    for at in 0..BLOCK {
        let this = window[at + 3];
        begins += u8::from(!continues(this));
        bad |= wrong(window[at], window[at + 1], window[at + 2], this);
    }
    (usize::from(begins), bad)
}

#[inline(always)]
fn continues(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// Whether `this` may not stand behind the three bytes before it. Every rule is asked of every
/// byte: `|` instead of `||` leaves nothing to branch on.
#[inline(always)]
fn wrong(third_last: u8, second_last: u8, last: u8, this: u8) -> u8 {
    let awaited = (last >= 0xc0) | (second_last >= 0xe0) | (third_last >= 0xf0);
    let wrong = (awaited != continues(this))
        | (this == 0xc0) | (this == 0xc1) // would be ASCII
        | (this >= 0xf5) // beyond the last character
        | ((last == 0xe0) & (this < 0xa0)) // would fit two bytes
        | ((last == 0xed) & (this >= 0xa0)) // half of a UTF-16 pair
        | ((last == 0xf0) & (this < 0x90)) // would fit three bytes
        | ((last == 0xf4) & (this >= 0x90)); // beyond the last character
    u8::from(wrong)
}
