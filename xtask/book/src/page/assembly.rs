//! Machine code on a case's page: what changed of it, and the hottest part of each rung, naive
//! beside the best.

use crate::html::escape;
use std::fmt::Write as _;

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
) -> String {
    let found = summary.record.evidence.as_ref().and_then(|evidence| evidence.assembly.here());
    let Some(counted) = found else { return String::new() };
    let mut html = String::new();
    if let Some(reference) = record.reference(Record::load_all(&workspace.committed_records())) {
        html.push_str(&changed(&code::changes(&reference, record), &case.name));
    }
    let rungs: Vec<(&str, &Assembly)> = summary
        .rungs
        .iter()
        .zip(&counted.rungs)
        .filter_map(|(name, code)| Some((*name, code.as_ref()?)))
        .collect();
    html.push_str(&listings(&rungs, summary.rungs[summary.optimized]));
    html
}

/// What of this case changed since the committed record.
fn changed(changes: &code::Changes, case: &str) -> String {
    let of_case: Vec<_> = changes.list.iter().filter(|(name, ..)| name == case).collect();
    if of_case.is_empty() {
        return String::new();
    }
    let mut html = format!("<p>Machine code changed since {}:</p>\n<ul>", escape(&changes.since));
    for (_, rung, what) in of_case {
        let _ = write!(html, "<li><code>{rung}</code>: {}</li>", escape(what));
    }
    html.push_str("</ul>\n\n");
    html
}

/// All listings, folded: naive beside the best, the others below in their order.
fn listings(rungs: &[(&str, &Assembly)], best: &str) -> String {
    let (Some(naive), others) = (rungs.first(), rungs.get(1..).unwrap_or_default()) else {
        return String::new();
    };
    let mut html = String::from(
        "<details class=\"assembly\"><summary>Machine code, its hottest part</summary>\n\n\
         <p class=\"small\">Shares are of the samples. \
         <a href=\"method.html#machine-code\">How it is found</a>.</p>\n",
    );
    let (beside, below): (Vec<_>, Vec<_>) = others.iter().partition(|(name, _)| *name == best);
    html.push_str("<div class=\"pair\">\n");
    for rung in std::iter::once(naive).chain(beside) {
        let _ = write!(html, "<div class=\"pane\">\n{}</div>\n", listing(rung));
    }
    html.push_str("</div>\n");
    for pair in below.chunks(2) {
        html.push_str("<div class=\"pair\">\n");
        for rung in pair {
            let _ = write!(html, "<div class=\"pane\">\n{}</div>\n", listing(rung));
        }
        html.push_str("</div>\n");
    }
    html.push_str("</details>\n\n");
    html
}

/// As plain text: what colours x86 assembly knows neither Arm's nor labels and shares.
fn listing((name, code): &(&str, &Assembly)) -> String {
    let of_samples = if code.share > 0.0 {
        let second = code.second.as_ref().filter(|second| second.share >= WORTH_NAMING);
        let second = second.map_or(String::new(), |second| {
            format!("; {} in <code>{}</code>", share(second.share), escape(&second.function))
        });
        format!("{} of the samples{second}", share(code.share))
    } else {
        "not sampled: the largest function of its module".to_owned()
    };
    format!(
        "<p class=\"file\">{name}: {}<br><span class=\"small\">{of_samples}</span></p>\n\n\
         ```text\n{}\n```\n\n",
        escape(&code.function),
        code.text.trim_end()
    )
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
            listings(&[("naive", &first), ("words", &second), ("optimized", &third)], "optimized");
        let at = |what: &str| html.find(what).unwrap_or_else(|| panic!("{what} in {html}"));
        assert!(
            at("naive: a&lt;b&gt;") < at("optimized: d") && at("optimized: d") < at("words: c")
        );
        assert!(html.contains("```text\n 90 % ret\n```"));
        assert!(html.contains("not sampled"));
        assert!(listings(&[], "optimized").is_empty());
    }

    #[test]
    fn only_the_changes_of_the_case_are_shown() {
        let changes = code::Changes {
            since: "the committed record (rustc 1 → rustc 2)".into(),
            list: vec![("words".into(), "naive".into(), "calls 0 → 1".into())],
        };
        let html = changed(&changes, "words");
        assert!(html.contains("rustc 1") && html.contains("calls 0 → 1"), "{html}");
        assert!(changed(&changes, "bitsets").is_empty());
    }
}
