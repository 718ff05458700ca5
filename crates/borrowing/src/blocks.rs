//! Ask sixteen bytes at once whether any of them is special. All five characters are ASCII, and no
//! byte of a longer UTF-8 character is, so bytes are enough to ask.

use std::borrow::Cow;

/// Puts the cells on a page, eight to a row.
pub fn render(cells: &[String], page: &mut Vec<u8>) {
    page.clear();
    for row in cells.chunks(8) {
        page.extend_from_slice(b"<tr>");
        for cell in row {
            page.extend_from_slice(b"<td>");
            page.extend_from_slice(escape(cell).as_bytes());
            page.extend_from_slice(b"</td>");
        }
        page.extend_from_slice(b"</tr>\n");
    }
}

/// The text with the five characters that mean something in HTML replaced.
pub fn escape(text: &str) -> Cow<'_, str> {
    if is_clean(text.as_bytes()) { Cow::Borrowed(text) } else { Cow::Owned(owned(text)) }
}

/// A text in which there is something to escape, byte by byte.
pub(crate) fn owned(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut copied = 0;
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        if let Some(entity) = entity(byte) {
            escaped.push_str(&text[copied..at]);
            escaped.push_str(entity);
            copied = at + 1;
        }
    }
    escaped.push_str(&text[copied..]);
    escaped
}

/// Whether there is nothing to escape.
pub fn is_clean(text: &[u8]) -> bool {
    let (blocks, tail) = text.as_chunks::<16>();
    match text.last_chunk::<16>() {
        // The last block overlaps the one before: bytes asked twice are cheaper than a loop.
        Some(last) => blocks.iter().all(block_is_clean) && block_is_clean(last),
        None => tail.iter().all(|&byte| entity(byte).is_none()),
    }
}

/// No early exit: without one, the compiler compares all bytes with vector instructions.
#[inline]
pub fn block_is_clean(block: &[u8; 16]) -> bool {
    !block.iter().fold(false, |found, &byte| {
        found | (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"') | (byte == b'\'')
    })
}

/// What stands for this byte in HTML, if it cannot stand for itself.
#[inline]
pub const fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    }
}
