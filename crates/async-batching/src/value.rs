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

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers that `splitmix64` gives when it starts at 0, which are widely published.
    #[test]
    fn words_are_mixed_as_splitmix64_does_it() {
        let golden = 0x9e37_79b9_7f4a_7c15_u64;
        let mixed = |times: u64| mixed(golden.wrapping_mul(times));
        assert_eq!(
            [mixed(0), mixed(1), mixed(2), mixed(3)],
            [0, 0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f]
        );
    }

    /// 0 on the wire is no value, so that none may be.
    #[test]
    fn every_known_key_has_a_value() {
        assert!((0..1_000).all(|key| known(key) % 2 == u64::from(key % 97 != 3)));
    }

    #[test]
    fn each_step_of_the_effort_mixes_once_more() {
        let word = 0x9e37_79b9_7f4a_7c15;
        assert_eq!(read(word, 0), NonZero::new(word));
        assert_eq!(read(word, 1), NonZero::new(0xe220_a839_7b1d_cdaf));
        assert_eq!(read(word, 2), read(0xe220_a839_7b1d_cdaf, 1));
        assert_eq!(read(0, 9), None);
    }
}
