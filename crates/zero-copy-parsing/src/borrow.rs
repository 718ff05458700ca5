//! A field is a place in the text. Only one with a quote in its middle is worth a buffer of its
//! own.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::export::{Export, Report, Totals, number, unquote};

/// Rows and sum of values for each key.
pub fn sums(export: &Export) -> Report {
    let mut groups: HashMap<Cow<[u8]>, Totals> = HashMap::new();
    let mut skipped = 0;
    let mut records = Records { rest: &export.text, separator: export.separator };
    let mut record = Vec::new();
    while records.next(&mut record) {
        match record.get(export.value).and_then(|field| number(field)) {
            Some(value) if export.key < record.len() => {
                groups.entry(record.swap_remove(export.key)).or_default().add(value);
            }
            _ => skipped += 1,
        }
    }
    Report::new(groups, skipped)
}

pub(crate) struct Records<'a> {
    pub(crate) rest: &'a [u8],
    pub(crate) separator: u8,
}

impl<'a> Records<'a> {
    /// Fills `record` with the fields of the next one; false at the end.
    pub(crate) fn next(&mut self, record: &mut Vec<Cow<'a, [u8]>>) -> bool {
        record.clear();
        while let [b'\n' | b'\r', rest @ ..] = self.rest {
            self.rest = rest; // an empty line
        }
        if self.rest.is_empty() {
            return false;
        }
        loop {
            let (field, rest) = self.rest.split_at(field_end(self.rest, self.separator));
            record.push(unquote(field));
            let Some((&end, rest)) = rest.split_first() else {
                self.rest = rest;
                return true;
            };
            self.rest = rest;
            if end != self.separator {
                return true;
            }
        }
    }
}

/// Where the field at the start of `text` ends: at a separator, a line end or the end.
pub(crate) fn field_end(text: &[u8], separator: u8) -> usize {
    let start = match text.first() {
        Some(b'"') => closing_quote(text).unwrap_or(text.len()),
        _ => 0,
    };
    let end = |&byte: &u8| byte == separator || byte == b'\n' || byte == b'\r';
    start + text[start..].iter().position(end).unwrap_or(text.len() - start)
}

/// Where the quotes that open at the start of `text` are closed, if they are.
pub(crate) fn closing_quote(text: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        let quote = at + text[at..].iter().position(|&byte| byte == b'"')?;
        if text.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        at = quote + 2;
    }
}
