//! What became of a case's claims.

use maud::{Markup, html};

use protocol::{Claim, Expect};

use crate::html::{anchor, ratio_with_interval, said as words, slug};
use crate::markdown::Markdown;
use judge::stats;
use judge::summary::{CaseSummary, Outcome};
use judge::words::{claim, format, level, scenario};

/// A line for each claim, with what was measured.
pub fn claims(summary: &CaseSummary) -> Markdown {
    let mut section = Markdown::default();
    section.heading(2, "Claims");
    section.block(&html! {
        ul.claims {
            @for (claim, outcome) in &summary.claims {
                @let place = place(claim);
                li id=(place) {
                    (said(summary, claim, *outcome)) " " (anchor(&place, "this claim"))
                }
            }
        }
    });
    section
}

/// Where a claim stands, whatever others stand before it.
fn place(claim: &Claim) -> String {
    slug(&format!("claim {} {} {} {}", claim.rung, claim::says(claim), claim.input, claim.n))
}

/// What became of a claim, what it says, and what was measured.
pub fn said(summary: &CaseSummary, claim: &Claim, outcome: Outcome) -> Markup {
    let found = summary.claimed(claim);
    let (mark, class, word) = match outcome {
        Outcome::Held => ("✓", "faster", "held"),
        Outcome::Broken if claim.expect == Expect::DoesNotPay => {
            ("✓", "faster", claim::broken(claim))
        }
        Outcome::Broken => ("✗", "slower", claim::broken(claim)),
        Outcome::Undecided if found.as_ref().is_some_and(|at| !at.scenario.believable) => {
            ("?", "cannot-tell", "undecided, neighbours were busy")
        }
        Outcome::Undecided => ("?", "cannot-tell", "undecided"),
        Outcome::NotMeasured => ("–", "cannot-tell", "not measured in this run"),
        Outcome::Absent => ("–", "cannot-tell", "not on this system"),
        Outcome::Elsewhere => ("–", "cannot-tell", "not judged on this machine"),
    };
    let held = found.as_ref().and_then(|found| found.scenario.held);
    let held = held.filter(|_| outcome == Outcome::Elsewhere);
    let measured = found.and_then(|found| match claim.expect {
        Expect::MemoryAtMost(_) => {
            let bytes = format::bytes(found.rung.data? as f64);
            Some(html! { (bytes) })
        }
        Expect::Faster => Some(ratio_with_interval(found.compared?.ratio, &[1.0])),
        Expect::DoesNotPay => Some(ratio_with_interval(found.compared?.ratio, &[stats::PAYS])),
    });
    html! {
        span class=(class) { (mark) " " (word) }
        " " code { (claim.rung) } " " (claim::says(claim)) " at "
        (scenario::of_claim(summary, claim))
        @if let Some(measured) = measured { ": " (measured) }
        @if let Some(why) = summary.absent(claim) { ": because " (words(why)) }
        @if let Some(held) = held { " " span.small { (level::holds(held)) "." } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;
    use record::fixture::{self, record};

    #[test]
    fn every_claim_has_its_word_and_its_figure() {
        let mut record = record();
        let case = record.cases.get_mut("words").unwrap();
        let shown = |case: &record::CaseRecord, machine: &protocol::Machine| {
            plain(&claims(&CaseSummary::new(case, machine).unwrap()).to_string())
        };
        let text = shown(case, &record.machine);
        let held = "✓ held optimized is faster than naive at ";
        assert!(text.contains(held) && text.contains(": 4.00× &#91;3.99, 4.01&#93;"), "{text}");
        assert!(text.contains("– not measured in this run optimized does not pay over wide at "));
        assert!(text.contains("✓ held optimized works on at most 1/2 of naive's bytes"), "{text}");
        assert!(text.contains(": 100 B"), "{text}");

        let mut machine = record.machine.clone();
        machine.caches = vec![1 << 10, 480 << 20];
        let text = shown(case, &machine);
        let here = "– not judged on this machine optimized is faster than naive";
        let why = "Meant to lie beyond the caches; here 800 B lie within an L2 of 480 MiB.";
        assert!(text.contains(here) && text.contains(why), "{text}");
        assert!(text.contains("✓ held optimized works on at most 1/2"), "{text}");

        let claimed = &mut case.description.as_mut().unwrap().claims;
        claimed[0].expect = Expect::DoesNotPay;
        claimed[2].expect = Expect::MemoryAtMost(0.1);
        let text = shown(case, &record.machine);
        assert!(text.contains("✓ better than claimed optimized does not pay at "), "{text}");
        assert!(text.contains("✗ more than claimed optimized works on at most 1/10"), "{text}");
        let cold = &mut case.description.as_mut().unwrap().claims[0];
        (cold.input, cold.n) = ("cold".into(), 64);
        let text = shown(case, &record.machine);
        let absent = "– not on this system optimized does not pay at 64 words, cold: because its \
                      pages stay in tmpfs";
        assert!(text.contains(absent), "{text}");
        let pays = &mut case.description.as_mut().unwrap().claims[0];
        (pays.input, pays.n) = ("short, mixed".into(), 1_000);
        fixture::busy(&mut case.scenarios[0], 2, 1.5);
        let text = shown(case, &record.machine);
        assert!(text.contains("? undecided, neighbours were busy optimized"), "{text}");
    }
}
