//! A fixed eight rows for each word that has any, and the end moves on by how many there were.
//!
//! How many bits of a word are set is random, so a loop over them ends at a random moment and the
//! processor guesses wrong about once a word. Writing a fixed eight whether or not there are eight
//! (Langdale and Lemire, "Parsing Gigabytes of JSON per Second", 2019) makes that end predictable;
//! what was written too much is overwritten next.

/// The rows for which all filters hold.
pub fn matching([a, b, c]: &[Vec<u64>; 3]) -> Vec<u32> {
    let mut rows = Rows::default();
    for (at, ((a, b), c)) in a.iter().zip(b).zip(c).enumerate() {
        rows.make_room(64);
        rows.mixed(a & b & c, at as u32 * 64);
    }
    rows.finish()
}

/// The answer so far, in a buffer that is always longer.
#[derive(Default)]
pub(crate) struct Rows {
    pub(crate) buffer: Vec<u32>,
    pub(crate) end: usize,
}

impl Rows {
    /// For so many rows, and for eight that are written too much.
    #[inline]
    pub(crate) fn make_room(&mut self, rows: usize) {
        let needed = self.end + rows + 8;
        if self.buffer.len() < needed {
            self.buffer.resize(needed.max(self.buffer.len() * 2), 0);
        }
    }

    /// Appends the rows of a word, the first of which is row `base`.
    #[inline]
    pub(crate) fn mixed(&mut self, mut word: u64, base: u32) {
        let end = self.end + word.count_ones() as usize;
        let mut from = self.end;
        while from < end {
            for slot in &mut self.buffer[from..from + 8] {
                *slot = base + word.trailing_zeros();
                word &= word.wrapping_sub(1); // clears the lowest set bit
            }
            from += 8;
        }
        self.end = end;
    }

    /// Without what was written too much.
    pub(crate) fn finish(mut self) -> Vec<u32> {
        self.buffer.truncate(self.end);
        self.buffer
    }
}
