//! From what hurts to the chapter that helps.

use std::fmt::Write as _;

use crate::markdown::{Markdown, Prose};
use cases::Case;

/// A decision table, a line for each case. Its words are prose of the cases' manifests.
pub fn table<'a>(cases: impl IntoIterator<Item = &'a Case>) -> Markdown {
    let mut text = String::from("| what you see | look at | case |\n|---|---|---|\n");
    for Case { symptom, look, title, name, minutes, .. } in cases {
        let _ = writeln!(text, "| {symptom} | {look} | [{title}]({name}.md), {minutes} min |");
    }
    let mut table = Markdown::default();
    table.prose(&Prose::of_repository(text));
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::tests::case;

    #[test]
    fn every_case_has_a_line_that_leads_to_it() {
        let one = Case { symptom: "`memmove` in a profile".into(), ..case("arenas") };
        let two = Case { title: "Two".into(), minutes: 9, ..case("bitsets") };
        assert_eq!(
            table([&one, &two]).to_string(),
            "| what you see | look at | case |\n|---|---|---|\n\
             | `memmove` in a profile | a profile | [arenas](arenas.md), 5 min |\n\
             | it is slow | a profile | [Two](bitsets.md), 9 min |\n\n"
        );
    }
}
