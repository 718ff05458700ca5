//! A row as the table wants it: the name's first sixteen bytes as a key, with its hash, and the
//! number.

use crate::words::{first, number, semicolons, word};

/// The first sixteen bytes of a name and its semicolon, as two words, filled up with zeros. The
/// semicolon is in no name, so that a key that has it stands for one name, even if there are zeros
/// in that.
pub type Key = [u64; 2];

/// Bytes of a name from which on its key has no semicolon.
pub const LONG: usize = 16;

/// A row whose name is not long.
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
    /// The row that begins here, [`crate::words::LONGEST`] bytes or more before the text's end;
    /// none if its name is long.
    #[inline(always)] // what a call returns goes through memory, and is read at another width
    pub fn read(text: &[u8], at: usize) -> Option<Self> {
        // All of it, so that one question whether it is there suffices.
        let bytes: &[u8; 32] = text.get(at..)?.first_chunk()?;
        let (low, high) = (word(bytes, 0), word(bytes, 8));
        // One number of sixteen bytes, so that nobody asks which of two words the semicolon is in.
        let found = wide(semicolons(low), semicolons(high));
        if found == 0 {
            return None;
        }
        let length = (found.trailing_zeros() / 8) as usize;
        // Where `found` has a bit, the text has none: bits behind the first do no harm.
        let up_to = wide(low, high) & (found - 1);
        let key = [up_to as u64, (up_to >> 64) as u64];
        let (tenths, number) = number(word(bytes, length + 1));
        let end = at + length;
        Some(Self { key, hash: hash(key), end, tenths, next: end + 1 + number })
    }
}

/// Two words as one number.
#[inline(always)]
fn wide(low: u64, high: u64) -> u128 {
    u128::from(low) | u128::from(high) << 64
}

/// Where a long name ends that begins here, and its hash.
pub fn end_of_long(text: &[u8], at: usize) -> (usize, u64) {
    let mut hash = hash([word(text, at), word(text, at + 8)]);
    let mut at = at + LONG;
    loop {
        let word = word(text, at);
        let found = semicolons(word);
        hash = mixed(hash, up_to(found, word));
        if found != 0 {
            return (at + first(found), hash);
        }
        at += 8;
    }
}

/// The bytes of a word up to its first semicolon, and that; all if it has none.
#[inline(always)]
fn up_to(semicolons: u64, word: u64) -> u64 {
    word & semicolons.wrapping_sub(1)
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
