//! The free space of the buffer is not at the end but at the cursor: the next edit is nearly always
//! where the last one was (as in Emacs).

use std::ops::Range;

use crate::trace::Trace;

/// Opens the text, replays all edits, and gives the bytes to be saved.
pub fn replay(trace: &Trace) -> Vec<u8> {
    let mut text = GapBuffer::new(&trace.text);
    for (range, new) in trace.edits() {
        text.replace_range(range, new);
    }
    text.into_bytes()
}

/// The text before the gap at the start of the buffer, the text after it at the end.
struct GapBuffer {
    buffer: Vec<u8>,
    gap: Range<usize>,
}

/// Bytes of a new gap. Not a page: text is moved by the length of the gap, and where that is a few
/// bytes less than a page, the string instruction of some processors takes many times as long.
const GAP: usize = 7 << 10;

impl GapBuffer {
    fn new(text: &str) -> Self {
        let mut buffer = Vec::with_capacity(text.len() + GAP);
        buffer.extend_from_slice(text.as_bytes());
        buffer.resize(buffer.capacity(), 0); // zeros for the gap alone
        Self { gap: text.len()..buffer.len(), buffer }
    }

    fn replace_range(&mut self, range: Range<usize>, new: &str) {
        self.move_gap(range.start);
        self.gap.end += range.len();
        if self.gap.len() < new.len() {
            self.grow(new.len());
        }
        self.buffer[self.gap.start..][..new.len()].copy_from_slice(new.as_bytes());
        self.gap.start += new.len();
    }

    /// Moves what lies between the gap and `at` to the other side of the gap.
    fn move_gap(&mut self, at: usize) {
        let gap = self.gap.clone();
        if at < gap.start {
            self.gap = at..gap.end - (gap.start - at);
            self.buffer.copy_within(at..gap.start, self.gap.end);
        } else if at > gap.start {
            self.gap = at..gap.end + (at - gap.start);
            self.buffer.copy_within(gap.end..self.gap.end, gap.start);
        }
    }

    /// Makes the gap longer, by a share of the text so that growing is rare.
    fn grow(&mut self, wanted: usize) {
        let more = wanted + GAP + self.buffer.len() / 2;
        let old_end = self.buffer.len();
        self.buffer.resize(old_end + more, 0);
        self.buffer.copy_within(self.gap.end..old_end, self.gap.end + more);
        self.gap.end += more;
    }

    fn into_bytes(mut self) -> Vec<u8> {
        self.buffer.drain(self.gap);
        self.buffer
    }
}
