//! From what hurts to the chapter that helps.

use std::fmt::Write as _;

use crate::markdown::Markdown;
use cases::Case;

/// A decision table, a line for each case. Its words are prose of the cases' manifests.
pub fn table<'a>(cases: impl IntoIterator<Item = &'a Case>) -> Markdown {
    let mut text = String::from("| what you see | look at | case |\n|---|---|---|\n");
    for Case { symptom, look, title, name, minutes, .. } in cases {
        let _ = writeln!(text, "| {symptom} | {look} | [{title}]({name}.md), {minutes} min |");
    }
    let mut table = Markdown::default();
    table.prose(&text);
    table
}
