//! A row as the table wants it: the name's first sixteen bytes as a key, with its hash, and the
//! number.

use crate::words::{number, semicolons, word};

/// The first sixteen bytes of a name and its semicolon, as two words, filled up with zeros. The
/// semicolon is in no name, so that a key that has it stands for one name, even if there are zeros
/// in that.
pub type Key = [u64; 2];

/// Bytes of a name from which on its key has no semicolon.
pub const LONG: usize = 16;

/// A row of the text.
pub struct Row {
    /// Its name's key.
    pub key: Key,
    /// Its name's hash.
    pub hash: u64,
    /// Where its name ends.
    pub end: usize,
    /// Its number.
    pub tenths: i32,
    /// Where the next row begins.
    pub next: usize,
}

impl Row {
    /// The row that begins here, with [`crate::words::LONGEST`] bytes before the text's end.
    #[inline(always)]
    pub fn read(text: &[u8], at: usize) -> Self {
        let (low, high) = (word(text, at), word(text, at + 8));
        let (in_low, in_high) = (semicolons(low), semicolons(high));
        if in_low | in_high == 0 {
            return Self::read_long(text, at, [low, high]);
        }
        // Ones up to the first semicolon, and its byte.
        let up_to = |found: u64| found ^ found.wrapping_sub(1);
        let first = in_low != 0;
        let key = [low & up_to(in_low), if first { 0 } else { high & up_to(in_high) }];
        let found = if first { in_low } else { in_high };
        let end = at + if first { 0 } else { 8 } + found.trailing_zeros() as usize / 8;
        Self::ending(text, end, key, hash(key))
    }

    #[inline(never)]
    fn read_long(text: &[u8], at: usize, key: Key) -> Self {
        let (mut hash, mut at) = (hash(key), at + LONG);
        loop {
            let word = word(text, at);
            let found = semicolons(word);
            if found != 0 {
                let end = at + found.trailing_zeros() as usize / 8;
                hash = mixed(hash, word & (found ^ (found - 1)));
                return Self::ending(text, end, key, hash);
            }
            hash = mixed(hash, word);
            at += 8;
        }
    }

    #[inline(always)]
    fn ending(text: &[u8], end: usize, key: Key, hash: u64) -> Self {
        let (tenths, bytes) = number(word(text, end + 1));
        Self { key, hash, end, tenths, next: end + 1 + bytes }
    }
}

/// Key and hash of a name that stands by itself.
pub fn of_name(name: &[u8]) -> (Key, u64) {
    let mut padded = [0; 16 * LONG];
    padded[..name.len()].copy_from_slice(name);
    padded[name.len()] = b';';
    let words = name.len() / 8 + 1;
    let word = |at: usize| word(&padded, 8 * at);
    let key = [word(0), word(1)];
    (key, (2..words).fold(hash(key), |hash, at| mixed(hash, word(at))))
}

/// As of wyhash (Wang Yi, 2019): a product of two words, its halves folded. Without a secret: who
/// chooses the names can choose such as collide.
#[inline(always)]
fn hash(key: Key) -> u64 {
    folded(key[0] ^ 0x243f_6a88_85a3_08d3, key[1] ^ 0x1319_8a2e_0370_7344)
}

#[inline(always)]
fn mixed(hash: u64, word: u64) -> u64 {
    folded(hash ^ word, 0xa409_3822_299f_31d1)
}

#[inline(always)]
fn folded(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    product as u64 ^ (product >> 64) as u64
}
