//! The ladder of a case: its rungs in order, the idea of each, what it gains over the one before,
//! and how many lines it takes. A row leads to the rung's source.

use anyhow::Result;
use maud::{Markup, html};

use crate::html::{Link, judged, said, term};
use cases::{Case, rungs};
use judge::pairing;
use judge::summary::{CaseSummary, Compared};
use judge::words::scenario;

/// The table, at the headline scenario; empty if nothing was measured.
///
/// # Errors
/// If a rung's source cannot be read.
pub fn ladder(case: &Case, summary: &CaseSummary) -> Result<Markup> {
    // Of a rung that the record alone knows, nothing is read and nothing linked.
    let ideas = rungs::ideas(case)?;
    Ok(html! {
        p.ladder-at {
            "The " (term("rung")) "s, from naive on, at "
            (scenario::long(summary, &summary.headline().record.scenario)) ":"
        }
        div.table-wrapper {
            table.ladder {
                thead {
                    tr {
                        td {}
                        th scope="col" { "rung" }
                        th scope="col" { "idea" }
                        th.figure scope="col" { "gain over the one before" }
                        th.figure scope="col" { "lines" }
                    }
                }
                tbody {
                    @for (at, rung) in summary.rungs.iter().enumerate() {
                        (row(summary, at, ideas.get(*rung).map(String::as_str)))
                    }
                }
            }
        }
    })
}

fn row(summary: &CaseSummary, at: usize, idea: Option<&str>) -> Markup {
    let name = summary.rungs[at];
    let lines = summary.record.evidence.as_ref().and_then(|evidence| evidence.cost.get(at));
    let best = summary.best() == Some(at);
    html! {
        tr.best[best] {
            td.figure { @if Some(at) != summary.peer { (at + 1) } }
            th scope="row" {
                @if at == 0 || idea.is_none() { code { (name) } } @else {
                    a href=(Link::here(&format!("rung-{name}"))) { code { (name) } }
                }
                @if best { br; span.small { "fastest of ours" } }
            }
            td { (said(idea.unwrap_or_default())) }
            td.figure { (gain(summary, at)) }
            td.figure { @if let Some(cost) = lines { (cost.lines) } }
        }
    }
}

/// Over the rung before; of a crate, which improves on nothing of ours, over naive.
fn gain(summary: &CaseSummary, at: usize) -> Markup {
    let headline = summary.headline();
    let description = summary.record.description.as_ref();
    let ours = description.filter(|_| !summary.is_crate(at));
    let previous = ours.and_then(|description| pairing::previous(description, at));
    let over = |base: usize| -> Option<Compared> { headline.compared(base, at) };
    match previous {
        _ if at == 0 => html! {},
        _ if headline.rungs[at].is_none() => html! { span.cannot-tell { "did not run here" } },
        Some(previous) => html! { @if let Some(found) = over(previous) { (judged(found)) } },
        None => html! {
            @if let Some(found) = over(0) {
                (judged(found))
                @if summary.is_crate(at) { br; span.small { "over naive" } }
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::html::tests::plain;
    use crate::page::tests::House;
    use record::fixture::record;

    #[test]
    fn a_rung_has_its_idea_its_gain_and_its_lines() {
        let house = House::new(&["words"]);
        let case = &house.workspace.cases[0];
        let naive =
            "//! Counts `words`, one\n//! by one. And so on.\n//!\n//! More.\n\nfn f() {}\n";
        fs::write(case.source("naive"), naive).unwrap();
        fs::write(case.source("optimized"), "//! As [`crate::wide`], with SIMD.\n").unwrap();
        let record = record();
        let summary = CaseSummary::new(&record.cases["words"], &record.machine).unwrap();
        let html = ladder(case, &summary).unwrap().into_string();
        assert!(html.contains("<a href=\"#rung-optimized\">"), "{html}");
        let text = plain(&html);
        assert!(text.contains("1 | naive | Counts words, one by one. |  | "), "{text}");
        assert!(text.contains("2 | wide |  | did not run here | "), "{text}");
        let best = "3 | optimizedfastest of ours | As wide, with SIMD. | 4.00× [3.99, 4.01] faster";
        assert!(text.contains(best), "{text}");
    }
}
