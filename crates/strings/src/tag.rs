//! A string of up to 24 bytes in 24 bytes: no pointer, no length, nothing to drop.

use std::ops::Range;

/// A text of up to 24 bytes, filled up with zeros. No UTF-8 text ends in a byte of 0xC0 or above,
/// so a last byte of that kind is free to say how short the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag([u8; 24]);

/// The last byte of a text of no bytes; one more for each byte.
const SHORT: u8 = 0xc0;

impl Tag {
    /// The tag at this range of a text, or nothing if that does not fit.
    #[inline]
    pub fn new(text: &str, tag: Range<usize>) -> Option<Self> {
        let [a, b, c] = *MASKS.get(tag.len())?;
        let bytes = match text.as_bytes()[tag.start..].first_chunk::<24>() {
            Some(bytes) => *bytes,
            None => last(&text.as_bytes()[tag.start..]),
        };
        let [x, y, z] = Self(bytes).words();
        let short = u64::from(SHORT + tag.len() as u8) << 56;
        let mark = if tag.len() < 24 { short } else { 0 };
        let mut bytes = [0; 24];
        for (to, word) in bytes.as_chunks_mut().0.iter_mut().zip([x & a, y & b, z & c | mark]) {
            *to = word.to_le_bytes();
        }
        Some(Self(bytes))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        let len = self.0[23].checked_sub(SHORT).map_or(24, usize::from);
        std::str::from_utf8(&self.0[..len]).expect("a whole piece of a text")
    }

    /// Three words, for hashing.
    #[inline]
    pub fn words(&self) -> [u64; 3] {
        let (words, _) = self.0.as_chunks();
        [words[0], words[1], words[2]].map(u64::from_le_bytes)
    }
}

/// Ones in as many of the low bytes as the index says.
static MASKS: [[u64; 3]; 25] = {
    let mut masks = [[0; 3]; 25];
    let mut at = 0;
    while at < 25 * 24 {
        let (len, byte) = (at / 24, at % 24);
        if byte < len {
            masks[len][byte / 8] |= 0xff << (byte % 8 * 8);
        }
        at += 1;
    }
    masks
};

/// Fewer than 24 bytes are left of the text.
#[cold]
fn last(rest: &[u8]) -> [u8; 24] {
    let mut bytes = [0; 24];
    bytes[..rest.len()].copy_from_slice(rest);
    bytes
}
