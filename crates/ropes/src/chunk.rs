//! A gap buffer of fixed size whose bytes lie among those of others: no chunk is an allocation.

/// Bytes of a chunk, gap included.
pub const CHUNK: usize = 4096;

/// A place of [`CHUNK`] bytes in a buffer, with a gap in its text. It may end within a character:
/// nobody reads a single chunk as text.
#[derive(Clone, Copy)]
pub struct Chunk {
    place: usize,
    gap_start: usize,
    gap_end: usize,
}

impl Chunk {
    /// Adds a chunk to the end of the buffer.
    pub fn new(buffer: &mut Vec<u8>, text: &[u8]) -> Self {
        let place = buffer.len();
        buffer.extend_from_slice(text);
        buffer.resize(place + CHUNK, 0);
        Self { place, gap_start: place + text.len(), gap_end: place + CHUNK }
    }

    /// Where its bytes begin.
    pub fn place(&self) -> usize {
        self.place
    }

    /// Bytes of text in it.
    pub fn len(&self) -> usize {
        CHUNK - (self.gap_end - self.gap_start)
    }

    /// The text before and after the gap.
    pub fn text<'a>(&self, buffer: &'a [u8]) -> (&'a [u8], &'a [u8]) {
        (&buffer[self.place..self.gap_start], &buffer[self.gap_end..self.place + CHUNK])
    }

    /// Moves what lies between the gap and byte `at` of the text to the other side of the gap.
    pub fn move_gap(&mut self, buffer: &mut [u8], at: usize) {
        let (at, old_start, old_end) = (self.place + at, self.gap_start, self.gap_end);
        self.gap_start = at;
        if at < old_start {
            self.gap_end = old_end - (old_start - at);
            buffer.copy_within(at..old_start, self.gap_end);
        } else if at > old_start {
            self.gap_end = old_end + (at - old_start);
            buffer.copy_within(old_end..self.gap_end, old_start);
        }
    }

    /// Deletes up to `wanted` bytes behind the gap, and says how many.
    pub fn delete(&mut self, wanted: usize) -> usize {
        let deleted = wanted.min(self.place + CHUNK - self.gap_end);
        self.gap_end += deleted;
        deleted
    }

    /// Inserts at the gap as much of `new` as fits, and says how much.
    pub fn insert(&mut self, buffer: &mut [u8], new: &[u8]) -> usize {
        let fits = new.len().min(self.gap_end - self.gap_start);
        buffer[self.gap_start..][..fits].copy_from_slice(&new[..fits]);
        self.gap_start += fits;
        fits
    }

    /// Moves the second half of a full chunk to a free place, or to the end of the buffer.
    pub fn split(&mut self, buffer: &mut Vec<u8>, place: Option<usize>) -> Self {
        self.move_gap(buffer, CHUNK / 2);
        let place = place.unwrap_or_else(|| Self::new(buffer, &[]).place);
        let end = self.place + CHUNK;
        buffer.copy_within(self.gap_end..end, place);
        let half = end - self.gap_end;
        self.gap_end = end;
        Self { place, gap_start: place + half, gap_end: place + CHUNK }
    }
}
