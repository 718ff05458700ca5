//! The text is a `String`, and an edit replaces a range of it.

use crate::trace::Trace;

/// Opens the text, replays all edits, and gives the bytes to be saved.
pub fn replay(trace: &Trace) -> Vec<u8> {
    let mut text = trace.text.clone();
    for (range, new) in trace.edits() {
        text.replace_range(range, new);
    }
    text.into_bytes()
}
