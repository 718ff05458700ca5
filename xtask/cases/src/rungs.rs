//! The rungs of a case, as its `lib.rs` lists them, and what the file of each says first of itself.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::modules::Modules;
use crate::{Case, text};

/// Names of the rungs, read from the table in `lib.rs`.
pub fn rung_modules(lib: &str) -> Vec<String> {
    let names = lib.match_indices("Rung::").filter_map(|(at, _)| {
        let call = &lib[at..];
        let name = call.split('"').nth(1)?;
        let is_call = call[..call.find('"')?].contains('(');
        (is_call && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
            .then(|| name.to_owned())
    });
    names.collect()
}

/// Modules that the table in `lib.rs` names, be they called like a rung or not.
pub fn table_modules(lib: &str) -> Vec<String> {
    let begin = lib.find("RUNGS:").unwrap_or(lib.len());
    let table = lib[begin..].split("\n];").next().unwrap_or_default();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let before = table.match_indices("::").map(|(at, _)| &table[..at]);
    let names = before.filter_map(|before| {
        let path = before.trim_end_matches(is_name);
        let name = &before[path.len()..];
        (!path.ends_with(':') && !name.is_empty()).then(|| name.to_owned())
    });
    names.collect()
}

/// Names of the rungs of a case.
///
/// # Errors
/// If its table cannot be read.
pub fn names(case: &Case) -> Result<Vec<String>> {
    Ok(rung_modules(&text::read(&case.source("lib"))?))
}

/// What tells the code of each rung that has a file of its own from any other code.
pub fn code(case: &Case, rungs: &[String]) -> BTreeMap<String, String> {
    let modules = Modules::read(&case.folder.join("src"));
    let digest = |rung: &String| Some((rung.clone(), modules.digest(rung)?));
    rungs.iter().filter_map(digest).collect()
}

/// The idea of each rung that has a file of its own: the first sentence of it.
///
/// # Errors
/// If a source cannot be read.
pub fn ideas(case: &Case) -> Result<BTreeMap<String, String>> {
    let with_file = names(case)?.into_iter().filter(|rung| case.source(rung).exists());
    let idea = |rung: String| {
        let idea = idea(&text::read(&case.source(&rung))?);
        Ok((rung, idea))
    };
    with_file.map(idea).collect()
}

fn idea(source: &str) -> String {
    let lines = source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    let paragraph: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    sentence(&without_links(&paragraph.join(" "))).to_owned()
}

/// A name in code where a link to an item was, which leads nowhere outside the documentation.
fn without_links(text: &str) -> String {
    text.replace("[`crate::", "`").replace("[`super::", "`").replace("[`", "`").replace("`]", "`")
}

/// The first sentence, or all if there is one only.
pub fn sentence(text: &str) -> &str {
    let end = text.match_indices(". ").find(|(at, _)| {
        let rest = &text[at + 2..];
        rest.starts_with(|c: char| c.is_uppercase() || c == '`')
    });
    end.map_or(text, |(at, _)| &text[..=at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idea_is_a_sentence_whatever_points_are_in_it() {
        assert_eq!(sentence("Takes 1.5 of a. b and c. It is. So"), "Takes 1.5 of a. b and c.");
        assert_eq!(sentence("One only."), "One only.");
        let source =
            "//! As [`crate::wide`], one\n//! by one. And so on.\n//!\n//! More.\n\nfn f() {}\n";
        assert_eq!(idea(source), "As `wide`, one by one.");
    }

    #[test]
    fn rungs_are_read_from_the_table() {
        let lib = r#"
            pub const RUNGS: &[Rung<A, B>] = &[
                Rung::new("naive", |a| naive::run(a)),
                Rung::in_place("words", |a: &mut A| words::run(a)).data(A::bytes),
                Rung::reusing(
                    "optimized",
                    |a| optimized::run(a),
                ),
            ];
            fn other() { "not_a_rung" }"#;
        assert_eq!(rung_modules(lib), ["naive", "words", "optimized"]);
    }

    #[test]
    fn modules_that_the_table_names_need_not_be_called_like_a_rung() {
        let lib = r#"
            use other::Thing;
            pub const RUNGS: &[Rung<A, B>] = &[
                Rung::new("naive", service::naive),
                Rung::new("optimized", |a| service::deep::run(a)).needs(system::rings),
];
            fn input() { feed::make() }"#;
        let names = table_modules(lib);
        assert_eq!(names, ["Rung", "service", "Rung", "service", "system"]);
    }
}
