//! `pulldown-cmark-escape`, which finds special bytes with a table lookup in a vector register.

use pulldown_cmark_escape::{IoWriter, escape_html};

/// Puts the cells on a page, eight to a row.
pub fn render(cells: &[String], page: &mut Vec<u8>) {
    page.clear();
    for row in cells.chunks(8) {
        page.extend_from_slice(b"<tr>");
        for cell in row {
            page.extend_from_slice(b"<td>");
            escape_html(IoWriter(&mut *page), cell).expect("a vector takes all that is written");
            page.extend_from_slice(b"</td>");
        }
        page.extend_from_slice(b"</tr>\n");
    }
}
