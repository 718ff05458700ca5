//! Conclusions that flip between machines, as sentences.

use crate::html::{escape, place};
use protocol::Expect;

use super::machines::NAMED;
use crate::across::{Across, Flip, Kind};
use cases::Case;
use judge::summary::CaseSummary;
use judge::words::claim;
use judge::words::format;

/// What is concluded on which machine, with the figures: faster on A, slower on B.
pub fn sentence(across: &Across, case: Option<&Case>, flip: &Flip) -> String {
    let (title, peer) = case.map_or((flip.case, "the peer"), |c| (&*c.title, &*c.peer));
    let first = across.machines.iter().find_map(|machine| machine.cases.get(flip.case));
    let mut subject = format!("<a href=\"{}.html\">{}</a>", flip.case, escape(title));
    if let Some(scenario) = flip.scenario {
        subject.push_str(&format!(", {}", place(first, scenario)));
    }
    let rung = format!("<code>{}</code>", escape(flip.rung));
    let (yes, no) = (names(across, &flip.yes), names(across, &flip.no));
    let figures = |side: &[(usize, f64)]| range(side, format::ratio);
    let (gain, other) = (figures(&flip.yes), figures(&flip.no));
    let loss = range(&inverse(&flip.no), format::ratio);
    let what = match flip.kind {
        Kind::Faster => format!("{rung} is {gain} faster on {yes}, {loss} slower on {no}"),
        Kind::Pays(claimed) => format!(
            "{rung} pays on {yes} ({gain}), does not on {no} ({other}){}",
            if claimed { "; the case claims that it does not" } else { "" }
        ),
        Kind::Peer => {
            format!("{rung} is {gain} faster than {} on {yes}, {loss} slower on {no}", escape(peer))
        }
        Kind::Ahead(than) => format!(
            "{rung} is {gain} faster than <code>{}</code> on {yes}, {loss} slower on {no}",
            escape(than)
        ),
        Kind::Claim(claim) => {
            let figures = |side: &[(usize, f64)]| match claim.expect {
                Expect::MemoryAtMost(_) => range(side, format::share),
                _ => range(side, format::ratio),
            };
            let (held, broken) = (figures(&flip.yes), figures(&flip.no));
            format!(
                "the claim that {rung} {} is held on {yes} ({held}), broken on {no} ({broken})",
                claim::says(claim)
            )
        }
        Kind::BreakEven => {
            let sizes = |side: &[(usize, f64)]| range(side, format::about);
            let unit = format::plural(first.map_or("item", CaseSummary::item), 2);
            let (early, late) = (sizes(&flip.yes), sizes(&flip.no));
            format!("{rung} breaks even near {early} {unit} on {yes}, near {late} on {no}")
        }
    };
    format!("{subject}: {what}")
}

/// "A", "A and B", "A, B and C", "4 machines".
fn names(across: &Across, side: &[(usize, f64)]) -> String {
    if side.len() > NAMED {
        return format!("{} machines", side.len());
    }
    let labels = side.iter().map(|(at, _)| escape(&across.machines[*at].label));
    let labels: Vec<String> =
        labels.map(|label| format!("<span class=\"machine\">{label}</span>")).collect();
    match labels.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => labels.concat(),
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
    use record::Record;

    fn sentences(records: &[Record]) -> Vec<String> {
        let across = Across::new(&records.iter().collect::<Vec<_>>());
        let plain = |text: String| {
            let (open, close) = ("<span class=\"machine\">", "</span>");
            let text = text.replace(open, "").replace(close, "");
            text.replace("<a href=\"bitsets.html\">", "").replace('×', " times")
        };
        across.flips.iter().map(|flip| plain(sentence(&across, None, flip))).collect()
    }

    #[test]
    fn flips_read_as_sentences() {
        let one = record("A", &[(1_000, [3.1, 4.0, 3.5])]);
        let two = record("B", &[(1_000, [0.7, 4.0, 3.5])]);
        assert_eq!(
            sentences(&[one, two]),
            [
                "bitsets</a>, 1k rows: <code>words</code> is 3.1 times faster on A, 1.43 times slower on B"
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
            "<code>optimized</code> is at least 3.0 times as fast as naive is held on A (4.0 times)",
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
        assert!(text.contains("breaks even near 34 rows on B, near 1k on A"), "{text}");
    }
}
