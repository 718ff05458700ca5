//! `jumprope`: a skip list of small gap buffers, which gathers edits until one is elsewhere.

use jumprope::JumpRopeBuf;

use crate::trace::Trace;

/// Opens the text, replays all edits, and gives the bytes to be saved.
pub fn replay(trace: &Trace) -> Vec<u8> {
    let mut text = JumpRopeBuf::from(trace.text.as_str());
    for (range, new) in trace.edits_in_chars() {
        let at = range.start;
        if !range.is_empty() {
            text.remove(range);
        }
        if !new.is_empty() {
            text.insert(at, new);
        }
    }
    let text = text.into_inner();
    let mut bytes = Vec::with_capacity(text.len_bytes());
    for piece in text.substrings() {
        bytes.extend_from_slice(piece.as_bytes());
    }
    bytes
}
