//! `crop`: a tree of gap buffers that counts bytes, as this job does, and lines.

use crop::Rope;

use crate::trace::Trace;

/// Opens the text, replays all edits, and gives the bytes to be saved.
pub fn replay(trace: &Trace) -> Vec<u8> {
    let mut text = Rope::from(trace.text.as_str());
    for (range, new) in trace.edits() {
        text.replace(range, new);
    }
    let mut bytes = Vec::with_capacity(text.byte_len());
    for piece in text.chunks() {
        bytes.extend_from_slice(piece.as_bytes());
    }
    bytes
}
