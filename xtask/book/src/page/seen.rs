//! From what users say of a program to the chapters that show what is behind it.

use anyhow::{Context as _, Result};
use cases::text::read;
use cases::{Case, Workspace};
use maud::{Markup, html};
use serde::Deserialize;

use crate::html::Column::Words;
use crate::html::{Link, joined, said, table};
use crate::markdown::Markdown;

/// The file with what they say.
const FILE: &str = "docs/src/symptoms.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    symptom: Vec<Symptom>,
}

/// What somebody says, as the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Symptom {
    seen: String,
    /// What is behind it more often than not.
    behind: String,
    /// The cases that show it, the nearest first.
    cases: Vec<String>,
}

/// What they say, with the chapters that it leads to.
///
/// # Errors
/// If the file is not as it should be.
pub fn section(workspace: &Workspace) -> Result<Markdown> {
    let rows = load(workspace)?.into_iter().map(|symptom| row(&symptom, &workspace.cases));
    let columns = [Words("what you see"), Words("more often than not"), Words("read")];
    let mut section = Markdown::default();
    section.block(&table(columns, rows));
    Ok(section)
}

fn load(workspace: &Workspace) -> Result<Vec<Symptom>> {
    let text = read(&workspace.root.join(FILE)).with_context(|| format!("{FILE} is missing"))?;
    let file: File = toml::from_str(&text).with_context(|| format!("{FILE} cannot be used"))?;
    Ok(file.symptom)
}

fn row(symptom: &Symptom, cases: &[Case]) -> [Markup; 3] {
    let link = |name: &String| match cases.iter().find(|case| case.name == *name) {
        Some(case) => html! { a href=(Link::to(case)) { (case.title) } },
        None => html! { (name) }, // of a workspace that is not the whole one
    };
    [
        html! { (said(&symptom.seen)) },
        html! { (said(&symptom.behind)) },
        joined(symptom.cases.iter().map(link), ", "),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::html::tests::plain;
    use crate::page::tests::House;

    /// Whose chapters they lead to.
    const PART: &str = "Many cores, and the system";

    #[test]
    fn everything_that_users_say_leads_to_cases_and_every_case_of_the_part_is_reached() {
        let workspace = Workspace::load().unwrap();
        let all = load(&workspace).unwrap();
        assert!(all.len() >= 10 && all.iter().all(|symptom| !symptom.cases.is_empty()));
        let reached: BTreeSet<&str> =
            all.iter().flat_map(|symptom| &symptom.cases).map(String::as_str).collect();
        for name in &reached {
            assert!(workspace.cases.iter().any(|case| case.name == *name), "no case {name}");
        }
        for case in workspace.cases.iter().filter(|case| case.part == PART) {
            assert!(reached.contains(&*case.name), "nothing leads to {}", case.name);
        }
    }

    #[test]
    fn what_users_say_has_its_cause_and_links_to_cases_that_are_there() {
        let house = House::new(&["arenas", "bitsets"]);
        let shown = |cases: &str| {
            let text =
                format!("[[symptom]]\nseen = \"`x` <b>\"\nbehind = \"y\"\ncases = {cases}\n");
            std::fs::write(house.workspace.root.join(FILE), text).unwrap();
            section(&house.workspace).unwrap().to_string()
        };
        let both = shown("[\"bitsets\", \"arenas\"]");
        assert!(both.contains("<code>x</code> &lt;b&gt;"), "{both}");
        let link = |name: &str| format!("<a href=\"{name}.html\">{name}</a>");
        assert!(both.contains(&format!("{}, {}", link("bitsets"), link("arenas"))), "{both}");
        assert!(plain(&both).contains(" | y | bitsets, arenas"), "{both}");
        let other = shown("[\"ropes\"]");
        assert!(other.contains("ropes") && !other.contains("href"), "{other}");
    }
}
