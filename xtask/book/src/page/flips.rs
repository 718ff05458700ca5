//! Conclusions that flip between machines, as sentences.

use maud::{Markup, html};
use protocol::{Claim, Expect};

use super::link;
use crate::across::{Across, Flip, Kind};
use crate::html::{joined, place};
use cases::Case;
use judge::words::claim;
use judge::words::{ahead, format};

/// More machines than these are counted in sentences, not named.
pub const NAMED: usize = 3;

/// What is concluded on which machine, with the figures: faster on A, slower on B.
pub fn sentence(across: &Across, case: Option<&Case>, flip: &Flip) -> Markup {
    let first = across.machines.iter().find_map(|machine| machine.cases.get(flip.case));
    let peer = case.map_or("the peer", |case| &case.peer);
    let unit = first.map_or_else(|| "items".to_owned(), ahead::unit);
    html! {
        (link(case, flip.case))
        @if let Some(scenario) = flip.scenario { ", " (place(first, scenario)) }
        ": "
        @match flip.kind {
            Kind::Faster => (ahead(across, flip, &html! {})),
            Kind::Pays(claimed) => (pays(across, flip, claimed)),
            Kind::Peer => (ahead(across, flip, &html! { " than " (peer) })),
            Kind::Ahead(than) => (ahead(across, flip, &html! { " than " code { (than) } })),
            Kind::Claim(claim) => (claimed(across, flip, claim)),
            Kind::BreakEven => (breaks_even(across, flip, &unit)),
        }
    }
}

fn ahead(across: &Across, flip: &Flip, than: &Markup) -> Markup {
    html! {
        code { (flip.rung) } " is " (range(&flip.yes, format::ratio)) " faster" (than) " on "
        (names(across, &flip.yes)) ", " (range(&inverse(&flip.no), format::ratio)) " slower on "
        (names(across, &flip.no))
    }
}

fn pays(across: &Across, flip: &Flip, claimed: bool) -> Markup {
    html! {
        code { (flip.rung) } " pays on " (names(across, &flip.yes)) " ("
        (range(&flip.yes, format::ratio)) "), does not on " (names(across, &flip.no)) " ("
        (range(&flip.no, format::ratio)) ")"
        @if claimed { "; the case claims that it does not" }
    }
}

fn claimed(across: &Across, flip: &Flip, claim: &Claim) -> Markup {
    let figures = |side: &[(usize, f64)]| match claim.expect {
        Expect::MemoryAtMost(_) => range(side, format::multiple),
        _ => range(side, format::ratio),
    };
    html! {
        "the claim that " code { (flip.rung) } " " (claim::says(claim)) " is held on "
        (names(across, &flip.yes)) " (" (figures(&flip.yes)) "), broken on "
        (names(across, &flip.no)) " (" (figures(&flip.no)) ")"
    }
}

fn breaks_even(across: &Across, flip: &Flip, unit: &str) -> Markup {
    html! {
        code { (flip.rung) } " breaks even near " (range(&flip.yes, format::about)) " " (unit)
        " on " (names(across, &flip.yes)) ", near " (range(&flip.no, format::about)) " on "
        (names(across, &flip.no))
    }
}

/// "A", "A and B", "A, B and C", "4 machines".
fn names(across: &Across, side: &[(usize, f64)]) -> Markup {
    if side.len() > NAMED {
        return html! { (side.len()) " machines" };
    }
    let label = |(at, _): &(usize, f64)| {
        html! { span.machine { (across.machines[*at].label) } }
    };
    let labels = |side: &[(usize, f64)]| joined(side.iter().map(label), ", ");
    match side {
        [rest @ .., last] if !rest.is_empty() => html! { (labels(rest)) " and " (label(last)) },
        _ => labels(side),
    }
}

/// "3.1×", or "3.1× to 4.0×" of several machines.
fn range(side: &[(usize, f64)], text: fn(f64) -> String) -> String {
    let figures = || side.iter().map(|(_, figure)| *figure);
    let low = text(figures().fold(f64::MAX, f64::min));
    let high = text(figures().fold(f64::MIN, f64::max));
    if low == high { low } else { format!("{low} to {high}") }
}

fn inverse(side: &[(usize, f64)]) -> Vec<(usize, f64)> {
    side.iter().map(|(at, figure)| (*at, 1.0 / figure)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::across::tests::record;
    use crate::page::tests::case;
    use record::Record;

    fn sentences(records: &[Record]) -> Vec<String> {
        let across = Across::new(&records.iter().collect::<Vec<_>>());
        let plain = |text: Markup| {
            let (open, close) = ("<span class=\"machine\">", "</span>");
            let text = text.into_string().replace(open, "").replace(close, "");
            text.replace("<a href=\"bitsets.html\">", "").replace('×', " times")
        };
        let case = Case { peer: "the peer".into(), ..case("bitsets") };
        across.flips.iter().map(|flip| plain(sentence(&across, Some(&case), flip))).collect()
    }

    #[test]
    fn flips_read_as_sentences() {
        let one = record("A", &[(1_000, [3.1, 4.0, 3.5])]);
        let two = record("B", &[(1_000, [0.7, 4.0, 3.5])]);
        assert_eq!(
            sentences(&[one, two]),
            [
                "bitsets</a>, 1,000 rows: <code>words</code> is 3.1 times faster on A, 1.43 times slower on B"
            ]
        );
        let three = [("A", 3.0), ("B", 0.5), ("C", 2.0)]
            .map(|(name, words)| record(name, &[(9, [words, 4.0, 3.5])]));
        assert_eq!(
            sentences(&three),
            [
                "bitsets</a>, 9 rows: <code>words</code> is 2.0 times to 3.0 times faster on A and C, \
              2.0 times slower on B"
            ]
        );
    }

    #[test]
    fn peers_claims_and_rungs_have_their_own_words() {
        let one = record("A", &[(1_000, [2.0, 4.0, 3.0])]);
        let two = record("B", &[(1_000, [2.5, 2.0, 2.2])]);
        let text = sentences(&[one, two]).join("\n");
        for part in [
            "<code>optimized</code> is 2.0 times faster than <code>words</code> on A, 1.25 times",
            "the claim that <code>optimized</code> is faster than peer is held on A (1.33 times)",
            "<code>optimized</code> is 1.33 times faster than the peer on A, 1.10 times slower",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }

    #[test]
    fn paying_and_breaking_even_have_theirs() {
        let one = record("A", &[(1_000, [1.5, 4.0, 3.5])]);
        let two = record("B", &[(1_000, [1.0, 4.0, 3.5])]);
        let text = sentences(&[one, two]).join("\n");
        let expected =
            "pays on A (1.50 times), does not on B (1.00 times); the case claims that it";
        assert!(text.contains(expected), "{text}");
        let late = record("A", &[(10, [0.9, 0.5, 0.6]), (100_000, [0.9, 2.0, 1.8])]);
        let early = record("B", &[(10, [0.95, 0.9, 0.93]), (100_000, [0.9, 2.0, 1.8])]);
        let text = sentences(&[late, early]).join("\n");
        assert!(text.contains("breaks even near 34 rows on B, near 1,000 on A"), "{text}");
    }
}
