//! The tables of Keiser and Lemire: what two neighbours may be, by three halves of theirs.
//!
//! Each bit stands for one mistake. A table says which mistakes half a byte is compatible with, and
//! a mistake is made where all three tables agree on it.

const TOO_SHORT: u8 = 1 << 0; // a lead without its continuation
const TOO_LONG: u8 = 1 << 1; // ASCII with one
const OVERLONG_3: u8 = 1 << 2; // three bytes for what fits two
const TOO_LARGE: u8 = 1 << 3; // beyond the last character
const SURROGATE: u8 = 1 << 4; // half of a UTF-16 pair
const OVERLONG_2: u8 = 1 << 5; // two bytes for what is ASCII
const TOO_LARGE_1000: u8 = 1 << 6; // far beyond, or four bytes for what fits three
const OVERLONG_4: u8 = 1 << 6;
const TWO_CONTINUATIONS: u8 = 1 << 7; // right or wrong: what came before them decides
const CARRY: u8 = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS; // whatever the lower half is

/// By the upper half of the byte before.
pub(crate) const LAST_HIGH: [u8; 16] = {
    const A: u8 = TOO_LONG;
    const C: u8 = TWO_CONTINUATIONS;
    let two = TOO_SHORT | OVERLONG_2;
    let three = TOO_SHORT | OVERLONG_3 | SURROGATE;
    let four = TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4;
    [A, A, A, A, A, A, A, A, C, C, C, C, two, TOO_SHORT, three, four]
};

/// By its lower half.
pub(crate) const LAST_LOW: [u8; 16] = {
    const L: u8 = CARRY | TOO_LARGE | TOO_LARGE_1000;
    let zero = CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4;
    let one = CARRY | OVERLONG_2;
    [zero, one, CARRY, CARRY, CARRY | TOO_LARGE, L, L, L, L, L, L, L, L, L | SURROGATE, L, L]
};

/// By the upper half of this byte.
pub(crate) const THIS_HIGH: [u8; 16] = {
    const S: u8 = TOO_SHORT;
    const C: u8 = TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS;
    let eight = C | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4;
    let nine = C | OVERLONG_3 | TOO_LARGE;
    let high = C | SURROGATE | TOO_LARGE;
    [S, S, S, S, S, S, S, S, eight, nine, high, high, S, S, S, S]
};

/// Taken off a byte, with saturation, what leaves the top bit only to the leads of three bytes …
pub(crate) const LEADS_3: u8 = 0xe0 - 0x80;
/// … or of four.
pub(crate) const LEADS_4: u8 = 0xf0 - 0x80;
