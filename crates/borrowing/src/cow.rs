//! A clean text is its own escaped form: lend it out instead of copying it.

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
    let Some(first) = text.find(['&', '<', '>', '"', '\'']) else {
        return Cow::Borrowed(text);
    };
    let (clean, rest) = text.split_at(first);
    let mut escaped = String::with_capacity(text.len() + 8);
    escaped.push_str(clean);
    for c in rest.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}
