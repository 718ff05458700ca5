//! A user's file: any text in columns, grouped by the first and adding up the one that holds
//! numbers.

use harness::{BadLine, line_at};

use crate::borrow::{closing_quote, field_end};
use crate::export::{Export, number};
use crate::naive::Records;

/// Rows after the first in which numbers are looked for.
const SAMPLE: usize = 100;

/// Reads a text whose columns are separated by tabs, commas or semicolons, whichever makes the most
/// of the first line, or by spaces if none does. Groups by the first column and adds up the one
/// that has the most numbers in the first rows, or the last if none has any.
///
/// # Errors
/// If the first record has a single field, or quotes are opened and never closed.
pub fn from_file(bytes: &[u8]) -> Result<Export, BadLine> {
    let mut export = Export::new(bytes.to_vec(), b',', 0, 0);
    let text = export.text.as_slice();
    let is_line_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let Some(start) = text.iter().position(|byte| !is_line_end(byte)) else {
        return Err(BadLine::new(0, "the file has nothing but empty lines"));
    };
    let columns = |separator| Records::new(text, separator).next().map_or(0, |record| record.len());
    let most = [b'\t', b',', b';'].into_iter().rev().max_by_key(|&separator| columns(separator));
    let split = |&separator: &u8| columns(separator) > 1;
    let separator = most.filter(split).or_else(|| Some(b' ').filter(split)).ok_or_else(|| {
        let message = "one column: no tab, comma, semicolon or space splits it into key and value";
        BadLine::new(line_at(text, start), message)
    })?;
    if let Some(quote) = unclosed_quote(text, separator) {
        let message = "a quote opens a field here and is not closed before the end of the file";
        return Err(BadLine::new(line_at(text, quote), message));
    }
    let numbers = |column: &usize| {
        let rows = Records::new(text, separator).skip(1).take(SAMPLE);
        rows.filter(|row| row.get(*column).and_then(|field| number(field)).is_some()).count()
    };
    let value = (1..columns(separator)).max_by_key(numbers).unwrap_or(1);
    (export.separator, export.value) = (separator, value);
    Ok(export)
}

/// Where a quoted field opens that reaches the end of the text.
fn unclosed_quote(text: &[u8], separator: u8) -> Option<usize> {
    let mut start = 0;
    while start < text.len() {
        let end = start + field_end(&text[start..], separator);
        if end == text.len() && text[start] == b'"' && closing_quote(&text[start..]).is_none() {
            return Some(start);
        }
        start = end + 1;
    }
    None
}
