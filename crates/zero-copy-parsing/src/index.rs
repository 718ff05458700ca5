//! Fields are found sixty-four bytes at a time, and only the two that were asked for are looked at.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use crate::export::{Export, Report, Totals, number, unquote};
use crate::masks::Width;
use crate::structure::{Structure, field_end, is_empty_line};

/// Rows and sum of values for each key.
pub fn sums(export: &Export) -> Report {
    sums_with::<RandomState>(export, Width::widest_without_products())
}

/// With masks of a given width, which the processor must have, and a hasher.
pub(crate) fn sums_with<S: BuildHasher + Default>(export: &Export, width: Width) -> Report {
    let mut groups: HashMap<Cow<[u8]>, Totals, S> = HashMap::default();
    let mut skipped = 0;
    let text = export.text.as_slice();
    let mut structure = Structure::new(text, export.separator, width);
    while let Some((starts, records)) = structure.next() {
        let mut first = 0;
        for &end in records {
            let starts = &starts[first..=end];
            first = end;
            if is_empty_line(text, starts) {
                continue; // an empty line
            }
            let field = |at: usize| {
                let present = at + 1 < starts.len();
                present.then(|| unquote(&text[starts[at]..field_end(text, starts, at)]))
            };
            match (field(export.key), field(export.value).and_then(|field| number(&field))) {
                (Some(key), Some(value)) => groups.entry(key).or_default().add(value),
                _ => skipped += 1,
            }
        }
    }
    Report::new(groups, skipped)
}
