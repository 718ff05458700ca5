//! Made-up values of keys, and the effort that it takes to read one.

use std::num::NonZero;

use crate::backend::Value;

/// What the backend says of a key on the wire: 0 of one in a hundred or so, which it does not know.
pub(crate) fn known(key: u64) -> u64 {
    if key % 97 == 3 { 0 } else { mixed(key) | 1 }
}

/// Reads a value off what came over the wire, with so much effort: each step needs the one before,
/// as in parsing, decompressing or checking.
pub(crate) fn read(word: u64, effort: u32) -> Value {
    NonZero::new((0..effort).fold(word, |word, _| mixed(word)))
}

/// Mixes all bits of a word into all others, 0 into 0 and no two into one (`splitmix64`).
const fn mixed(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}
