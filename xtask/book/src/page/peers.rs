//! On the method page: our rungs against the crates that a professional would pick, and each place
//! in which a crate is faster than all of ours.

use maud::{Markup, html};

use crate::across::{Across, Machine};
use crate::html::Column::{Figures, Words};
use crate::html::{place, ratio_with_interval, table};
use crate::markdown::Markdown;
use judge::peers::{Against, Behind};
use judge::words::format;

const NO_RECORD: &str = "Unavailable: there is no record yet.";

/// One paragraph and one table for each record; `title` is a case's, as a link.
pub fn section(across: &Across, title: impl Fn(&str) -> Markup) -> Markdown {
    let mut section = Markdown::default();
    if across.machines.is_empty() {
        section.words(NO_RECORD);
    }
    for machine in &across.machines {
        section.block(&on(machine, &title));
    }
    section
}

/// One record.
fn on(machine: &Machine, title: &impl Fn(&str) -> Markup) -> Markup {
    let against = Against::of(&machine.cases);
    let Some(mean) = against.geometric_mean() else {
        return html! { p { "On " (machine.label) ", no crate was measured beside ours." } };
    };
    let (all, ahead, behind) = (against.scenarios(), against.ahead, against.behind.len());
    html! {
        p {
            "On " (machine.label) ", in " (all) " scenarios: the fastest rung of ours is ahead in "
            (ahead) ", nobody can tell in " (all - ahead - behind) ", and in " (behind)
            " the crate is ahead. The geometric mean of all ratios is "
            strong { (format::ratio(mean)) } "."
        }
        @if behind > 0 { (places(machine, &against, title)) }
    }
}

/// Where the crate is ahead.
fn places(machine: &Machine, against: &Against, title: &impl Fn(&str) -> Markup) -> Markup {
    let columns =
        [Words("case"), Words("at"), Words("our fastest there"), Figures("over the crate")];
    let row = |found: &Behind| {
        [
            title(found.case),
            html! { (place(machine.cases.get(found.case), found.scenario)) },
            html! { code { (found.rung) } },
            html! { (ratio_with_interval(found.compared.ratio, &[1.0])) },
        ]
    };
    html! {
        details {
            summary { "Where the crate is ahead" }
            (table(columns, against.behind.iter().map(row)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::committed;
    use super::*;
    use crate::html::tests::plain;

    /// Of each record that is committed.
    #[test]
    fn every_place_in_which_a_crate_is_ahead_is_shown() {
        let named = |name: &str| html! { (name) };
        for (_, record) in committed().1 {
            let across = Across::new(&[&record]);
            let against = Against::of(&across.machines[0].cases);
            assert!(against.ahead > against.scenarios() / 2);
            let text = section(&across, named).to_string();
            let rows = text.matches("<tr>").count().saturating_sub(1);
            assert_eq!(rows, against.behind.len(), "one row each, below the titles");
            let shown = plain(&text).replace("&#95;", "_");
            let is_shown =
                |found: &Behind| shown.contains(found.case) && shown.contains(found.rung);
            assert!(against.behind.iter().all(is_shown), "{shown}");
        }
        assert!(section(&Across::new(&[]), named).to_string().contains("no record"));
    }
}
