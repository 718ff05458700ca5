//! Machine code on a case's page: what changed of it, and the hottest part of each rung, naive
//! beside the best.

use maud::{Markup, html};

use crate::html::{self, slug};
use cases::{Case, Workspace};
use judge::records::code;
use judge::summary::CaseSummary;
use judge::words::format::share;
use record::{Assembly, Record};

/// Share of the samples from which the second hottest function is named beside the hot one.
const WORTH_NAMING: f64 = 0.05;

/// What stands below the table of facts; empty if there is no machine code.
pub fn section(
    workspace: &Workspace,
    case: &Case,
    summary: &CaseSummary,
    record: &Record,
) -> Markup {
    let found = summary.record.evidence.as_ref().and_then(|evidence| evidence.assembly.here());
    let Some(counted) = found else { return Markup::default() };
    let reference = record.reference(Record::load_all(&workspace.committed_records()));
    let rungs: Vec<(&str, &Assembly)> = summary
        .rungs
        .iter()
        .zip(&counted.rungs)
        .filter_map(|(name, code)| Some((*name, code.as_ref()?)))
        .collect();
    html! {
        @if let Some(reference) = reference {
            (changed(&code::changes(&reference, record), &case.name))
        }
        (listings(&rungs, summary.rungs[summary.optimized]))
    }
}

/// What of this case changed since the committed record.
fn changed(changes: &code::Changes, case: &str) -> Markup {
    let of_case: Vec<_> = changes.list.iter().filter(|(name, ..)| name == case).collect();
    html! {
        @if !of_case.is_empty() {
            p { "Machine code changed since " (changes.since) ":" }
            ul {
                @for (_, rung, what) in of_case { li { code { (rung) } ": " (what) } }
            }
        }
    }
}

/// All listings, folded: naive beside the best, the others below in their order.
fn listings(rungs: &[(&str, &Assembly)], best: &str) -> Markup {
    let (Some(naive), others) = (rungs.first(), rungs.get(1..).unwrap_or_default()) else {
        return Markup::default();
    };
    let (beside, below): (Vec<_>, Vec<_>) = others.iter().partition(|(name, _)| *name == best);
    let first: Vec<_> = std::iter::once(naive).chain(beside).collect();
    html! {
        details.assembly {
            summary { "Machine code, its hottest part" }
            p.small {
                "Shares are of the samples. "
                a href="method.html#machine-code" { "How it is found" } "."
            }
            @for pair in std::iter::once(&*first).chain(below.chunks(2)) {
                div.pair {
                    @for rung in pair { div.pane { (listing(rung)) } }
                }
            }
        }
    }
}

/// Where a rung's listing stands.
pub fn place(rung: &str) -> String {
    slug(&format!("listing-{rung}"))
}

/// As plain text: what colours x86 assembly knows neither Arm's nor labels and shares.
fn listing((name, code): &(&str, &Assembly)) -> Markup {
    let second = code.second.as_ref().filter(|second| second.share >= WORTH_NAMING);
    html! {
        p.file id=(place(name)) {
            (name) ": " (code.function) br;
            span.small {
                @if code.share > 0.0 {
                    (share(code.share)) " of the samples"
                    @if let Some(second) = second {
                        "; " (share(second.share)) " in " code { (second.function) }
                    }
                } @else {
                    "not sampled: the largest function of its module"
                }
            }
        }
        (html::listing("text", &code.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(function: &str, share: f64) -> Assembly {
        Assembly {
            function: function.into(),
            share,
            second: None,
            instructions: 1,
            packed: Vec::new(),
            calls: 0,
            panics: 0,
            text: " 90 % ret\n".into(),
        }
    }

    #[test]
    fn naive_stands_beside_the_best() {
        let (first, second, third) = (code("a<b>", 0.9), code("c", 0.0), code("d", 0.5));
        let html =
            listings(&[("naive", &first), ("words", &second), ("optimized", &third)], "optimized")
                .into_string();
        let at = |what: &str| html.find(what).unwrap_or_else(|| panic!("{what} in {html}"));
        assert!(
            at("naive: a&lt;b&gt;") < at("optimized: d") && at("optimized: d") < at("words: c")
        );
        assert!(html.contains("<code class=\"language-text\"> 90 % ret\n</code>"));
        assert!(html.contains("not sampled"));
        assert!(listings(&[], "optimized").0.is_empty());
    }

    #[test]
    fn only_the_changes_of_the_case_are_shown() {
        let changes = code::Changes {
            since: "the committed record (rustc 1 → rustc 2)".into(),
            list: vec![("words".into(), "naive".into(), "calls 0 → 1".into())],
        };
        let html = changed(&changes, "words").into_string();
        assert!(html.contains("rustc 1") && html.contains("calls 0 → 1"), "{html}");
        assert!(changed(&changes, "bitsets").0.is_empty());
    }
}
