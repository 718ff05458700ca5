//! The page of a run on the user's own file, kept apart from everything measured on seeded input.

use std::fmt::Write as _;

use super::format::{self, escape};
use super::{Book, provenance};
use crate::record::Record;
use crate::summary::CaseSummary;

/// The whole page.
pub fn page(book: &Book, record: &Record) -> String {
    let file = record.file.as_ref();
    let name = file.map_or("your file", |file| file.name.as_str());
    let mut page = format!(
        "# On your file\n\nDoes it pay on <code>{}</code> ({})? Measured on growing parts of it: a sixty-fourth, an eighth, \
         all. These figures come from a run of their own and are in no other page of the book.\n\n",
        escape(name),
        format::bytes(file.map_or(0.0, |file| file.bytes as f64)),
    );
    page.push_str(&provenance(record));
    for (name, case) in &record.cases {
        let title = book
            .workspace
            .cases
            .iter()
            .find(|known| known.name == *name)
            .map_or(name, |case| &case.title);
        let _ = write!(page, "\n## {title}\n\n");
        if let Some(failure) = &case.failure {
            let _ = writeln!(page, "<div class=\"failed\">{}</div>\n", escape(failure));
        }
        if let Some(summary) = CaseSummary::new(case, &record.machine) {
            page.push_str(&super::case::figures(&summary, &record.machine));
        }
    }
    page
}
