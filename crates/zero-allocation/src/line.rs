//! A line of text in an array on the stack. It has room for the longest, so nothing grows.

/// The longest message has 194 bytes, the longest line 106.
const CAPACITY: usize = 256;
/// Bytes that are summed at once.
const VECTOR: usize = 32;

/// Text under construction.
pub struct Line {
    bytes: [u8; CAPACITY],
    end: usize,
}

impl Line {
    /// An empty line.
    #[inline]
    pub fn empty() -> Self {
        Self { bytes: [0; CAPACITY], end: 0 }
    }

    /// Starts again.
    #[inline(always)]
    pub fn clear(&mut self) {
        self.end = 0;
    }

    /// What has been written.
    #[inline]
    pub fn written(&self) -> &[u8] {
        &self.bytes[..self.end]
    }

    /// The same in whole vectors, with zeros behind the end.
    #[inline]
    pub fn vectors(&mut self) -> &[[u8; VECTOR]] {
        self.bytes[self.end..self.end + VECTOR].fill(0);
        self.bytes[..self.end.next_multiple_of(VECTOR)].as_chunks().0
    }

    /// Appends bytes whose number the compiler knows: a move or two, no call.
    #[inline(always)]
    pub fn text<const N: usize>(&mut self, text: &[u8; N]) {
        self.bytes[self.end..self.end + N].copy_from_slice(text);
        self.end += N;
    }

    /// Appends bytes whose number only a run knows.
    #[inline]
    pub fn slice(&mut self, text: &[u8]) {
        self.bytes[self.end..self.end + text.len()].copy_from_slice(text);
        self.end += text.len();
    }

    /// Appends bytes of which the last few are surplus, for the next piece to overwrite.
    #[inline(always)]
    pub fn wide<const N: usize>(&mut self, text: &[u8; N], surplus: usize) {
        self.text(text);
        self.end -= surplus;
    }

    /// Overwrites three bytes.
    #[inline]
    pub fn patch(&mut self, at: usize, digits: [u8; 3]) {
        self.bytes[at..at + 3].copy_from_slice(&digits);
    }
}
