//! From what hurts to the chapter that helps.

use std::fmt::Write as _;

use cases::Case;

/// A decision table, a line for each case.
pub fn table<'a>(cases: impl IntoIterator<Item = &'a Case>) -> String {
    let mut text = String::from("| what you see | look at | case |\n|---|---|---|\n");
    for case in cases {
        let _ = writeln!(
            text,
            "| {} | {} | [{}]({}.md), {} min |",
            case.symptom, case.look, case.title, case.name, case.minutes
        );
    }
    text
}
