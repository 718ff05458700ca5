//! Many short strings, and a tree of their lengths to find the one that an edit concerns: an edit
//! moves no more than a chunk, wherever it is (Boehm, Atkinson and Plass, "Ropes: an Alternative to
//! Strings", 1995, with the tree kept flat).

use std::mem;
use std::ops::Range;

use crate::lengths::Lengths;
use crate::trace::Trace;

/// Opens the text, replays all edits, and gives the bytes to be saved.
pub fn replay(trace: &Trace) -> Vec<u8> {
    let mut text = Rope::new(&trace.text);
    for (range, new) in trace.edits() {
        text.replace_range(range, new);
    }
    text.into_bytes()
}

struct Rope {
    chunks: Vec<String>,
    lengths: Lengths,
}

/// Bytes that a chunk may have; a new one has about half as many.
const CHUNK: usize = 2048;

impl Rope {
    fn new(text: &str) -> Self {
        let mut rope = Self { chunks: pieces(text), lengths: Lengths::default() };
        rope.measure();
        rope
    }

    fn replace_range(&mut self, range: Range<usize>, new: &str) {
        // What is inserted between two chunks goes to the end of the first.
        let byte = if range.is_empty() { range.start.saturating_sub(1) } else { range.start };
        let (index, start) = self.lengths.find(byte);
        let chunk = &mut self.chunks[index];
        let (from, to) = (range.start - start, range.end - start);
        if to > chunk.len() {
            let later = to - chunk.len();
            chunk.replace_range(from.., new);
            self.delete_front(index + 1, later);
            self.split(index);
        } else {
            chunk.replace_range(from..to, new);
            if chunk.len() > CHUNK {
                self.split(index);
            } else {
                self.lengths.add(index, new.len().wrapping_sub(range.len()));
            }
        }
    }

    /// Deletes the first `bytes` bytes from chunk `index` on.
    fn delete_front(&mut self, mut index: usize, mut bytes: usize) {
        while bytes > 0 {
            let here = bytes.min(self.chunks[index].len());
            self.chunks[index].drain(..here);
            bytes -= here;
            index += 1;
        }
    }

    fn split(&mut self, index: usize) {
        let chunk = mem::take(&mut self.chunks[index]);
        self.chunks.splice(index..=index, pieces(&chunk));
        self.measure();
    }

    /// Builds the tree anew: it is small, and chunks come and go rarely.
    fn measure(&mut self) {
        self.chunks.retain(|chunk| !chunk.is_empty());
        if self.chunks.is_empty() {
            self.chunks.push(String::new());
        }
        self.lengths = Lengths::new(self.chunks.iter().map(String::len));
    }

    fn into_bytes(self) -> Vec<u8> {
        self.chunks.concat().into_bytes()
    }
}

/// A text in chunks that have room to grow.
fn pieces(mut text: &str) -> Vec<String> {
    let mut pieces = Vec::with_capacity(text.len() / (CHUNK / 2 - 3) + 1);
    while !text.is_empty() {
        let (piece, rest) = text.split_at(text.floor_char_boundary(CHUNK / 2));
        let mut chunk = String::with_capacity(CHUNK);
        chunk.push_str(piece);
        pieces.push(chunk);
        text = rest;
    }
    pieces
}
