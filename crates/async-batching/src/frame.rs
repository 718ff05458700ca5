//! What travels over a connection, either way: a number that tells requests apart, how many words
//! follow, and the words. A request's are keys, an answer's the values in the order of the keys.

use std::io::{self, Read};

const WORD: usize = size_of::<u64>();

/// Room for what one call of the system brings; a longer frame makes more.
const ROOM: usize = 64 << 10;

/// Appends a frame.
pub(crate) fn put(bytes: &mut Vec<u8>, id: u64, words: impl ExactSizeIterator<Item = u64>) {
    bytes.extend_from_slice(&id.to_le_bytes());
    bytes.extend_from_slice(&(words.len() as u64).to_le_bytes());
    words.for_each(|word| bytes.extend_from_slice(&word.to_le_bytes()));
}

/// What has come in and was not taken yet; a frame may come in pieces.
pub(crate) struct Incoming {
    bytes: Vec<u8>,
    from: usize,
    to: usize,
}

impl Incoming {
    pub(crate) fn new() -> Self {
        Self { bytes: vec![0; ROOM], from: 0, to: 0 }
    }

    /// Where the next bytes go: never empty.
    pub(crate) fn room(&mut self) -> &mut [u8] {
        self.bytes.copy_within(self.from..self.to, 0);
        (self.from, self.to) = (0, self.to - self.from);
        if self.to == self.bytes.len() {
            self.bytes.resize(2 * self.to, 0);
        }
        &mut self.bytes[self.to..]
    }

    /// Says how many bytes were put there.
    pub(crate) fn came(&mut self, bytes: usize) {
        self.to += bytes;
    }

    /// Waits for more bytes; none means that the other end is gone.
    pub(crate) fn read(&mut self, mut from: impl Read) -> io::Result<usize> {
        let bytes = from.read(self.room())?;
        self.came(bytes);
        Ok(bytes)
    }

    /// The next frame that is whole: its number, and its words.
    pub(crate) fn next(&mut self) -> Option<(u64, impl ExactSizeIterator<Item = u64>)> {
        let (words, _) = self.bytes[self.from..self.to].as_chunks::<WORD>();
        let [id, count, words @ ..] = words else { return None };
        let words = words.get(..u64::from_le_bytes(*count) as usize)?;
        self.from += (2 + words.len()) * WORD;
        Some((u64::from_le_bytes(*id), words.iter().map(|word| u64::from_le_bytes(*word))))
    }
}
