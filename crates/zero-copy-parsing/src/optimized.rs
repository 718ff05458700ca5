//! The same, and nothing after the index loops over bytes: numbers are read eight digits at once,
//! keys hashed and compared sixteen bytes at once.

use crate::digits::number_at;
use crate::export::{Export, Report, number, unquote};
use crate::groups::Groups;
use crate::key::Key;
use crate::masks::Width;
use crate::structure::{Structure, field_end, is_empty_line};

/// Rows and sum of values for each key.
pub fn sums(export: &Export) -> Report {
    sums_with(export, Width::widest())
}

/// With masks of a given width, which the processor must have.
pub(crate) fn sums_with(export: &Export, width: Width) -> Report {
    let text = export.text.as_slice();
    let mut groups = Groups::new();
    let mut skipped = 0;
    let columns = export.key.max(export.value) + 1;
    let mut structure = Structure::new(text, export.separator, width);
    while let Some((starts, records)) = structure.next() {
        let mut first = 0;
        for &end in records {
            let starts = &starts[first..=end];
            first = end;
            if is_empty_line(text, starts) {
                continue;
            }
            if starts.len() <= columns {
                skipped += 1;
                continue;
            }
            let (start, end) = (starts[export.value], field_end(text, starts, export.value));
            let value = match text.get(start) {
                Some(b'"') => number(&unquote(&text[start..end])),
                _ => number_at(text, start, end),
            };
            let Some(value) = value else {
                skipped += 1;
                continue;
            };
            let (start, end) = (starts[export.key], field_end(text, starts, export.key));
            groups.totals(Key::within(text, start, end)).add(value);
        }
    }
    let meanings = groups.into_totals().map(|(key, totals)| (unquote(key), totals));
    Report::new(meanings, skipped)
}
