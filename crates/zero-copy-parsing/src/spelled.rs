//! The same, but rows are grouped by how their key is spelled; what the spelling means is asked
//! once for each group, at the end.

use std::collections::HashMap;

use crate::export::{Export, Report, Totals, number, unquote};
use crate::masks::Width;
use crate::structure::{Structure, field_end, is_empty_line};

/// Rows and sum of values for each key.
pub fn sums(export: &Export) -> Report {
    let mut groups: HashMap<&[u8], Totals, foldhash::fast::RandomState> = HashMap::default();
    let mut skipped = 0;
    let text = export.text.as_slice();
    let mut structure = Structure::new(text, export.separator, Width::widest());
    while let Some((starts, records)) = structure.next() {
        let mut first = 0;
        for &end in records {
            let starts = &starts[first..=end];
            first = end;
            if is_empty_line(text, starts) {
                continue;
            }
            let field = |at: usize| {
                let present = at + 1 < starts.len();
                present.then(|| &text[starts[at]..field_end(text, starts, at)])
            };
            let value = field(export.value).and_then(|field| number(&unquote(field)));
            match (field(export.key), value) {
                (Some(key), Some(value)) => groups.entry(key).or_default().add(value),
                _ => skipped += 1,
            }
        }
    }
    // Equal spellings mean the same; different ones may too, which the report unites.
    let meanings = groups.into_iter().map(|(key, totals)| (unquote(key), totals));
    Report::new(meanings, skipped)
}
