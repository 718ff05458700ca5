//! What became of a case's claims.

use maud::{Markup, html};

use protocol::{Claim, Expect};

use crate::html::ratio_with_interval;
use crate::markdown::Markdown;
use judge::summary::{CaseSummary, Outcome};
use judge::words::{claim, format, scenario};

/// A line for each claim, with what was measured.
pub fn claims(summary: &CaseSummary) -> Markdown {
    let mut section = Markdown::default();
    section.heading(2, "Claims");
    section.block(&html! {
        ul.claims {
            @for (claim, outcome) in &summary.claims { (line(summary, claim, outcome)) }
        }
    });
    section
}

fn line(summary: &CaseSummary, claim: &Claim, outcome: &Outcome) -> Markup {
    let found = summary.claimed(claim);
    let (mark, class, word) = match outcome {
        Outcome::Held => ("✓", "faster", "held"),
        Outcome::Broken => ("✗", "slower", "broken"),
        Outcome::Undecided if found.as_ref().is_some_and(|at| !at.scenario.believable) => {
            ("?", "cannot-tell", "undecided, neighbours were busy")
        }
        Outcome::Undecided => ("?", "cannot-tell", "undecided"),
        Outcome::NotMeasured => ("–", "cannot-tell", "not measured in this run"),
    };
    let measured = found.and_then(|found| match claim.expect {
        Expect::MemoryAtMost(_) => {
            let bytes = format::bytes(found.rung.data? as f64);
            Some(html! { (bytes) })
        }
        _ => Some(ratio_with_interval(found.compared?.ratio)),
    });
    html! {
        li {
            span class=(class) { (mark) " " (word) }
            " " code { (claim.rung) } " " (claim::says(claim)) " at "
            (scenario::of_claim(summary, claim))
            @if let Some(measured) = measured { ": " (measured) }
        }
    }
}
