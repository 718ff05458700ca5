//! A finding joined to what a record measured: what the case gained here, what a whole program
//! gains of that at most, and what speaks against it.

use std::collections::BTreeMap;

use cases::Case;
use judge::card::{Card, Subject};
use judge::summary::{CaseSummary, Compared, ScenarioSummary, Summaries};
use judge::whole;
use judge::words::{format, scenario, whole as words};
use record::Record;

use crate::Kind;
use crate::find::Finding;

/// What is said of a case beside what was seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// The title of its chapter.
    pub title: String,
    /// "4.00× \[3.99, 4.01\] faster at 1,000 words, short".
    pub gain: Option<String>,
    /// What that makes of the whole, where time was measured.
    pub whole: Option<String>,
    /// The gain if the part cost nothing.
    pub bound: Option<String>,
    /// The case's losing scenario.
    pub against: Option<String>,
}

/// Joins a finding to the figures of a record, at the size of the reader's data if he said it.
pub fn advice(
    finding: &Finding,
    kind: Kind,
    size: Option<u64>,
    case: &Case,
    figures: Option<(&Record, &Summaries)>,
) -> Advice {
    let summary = figures.and_then(|(_, summaries)| summaries.get(case.name.as_str()));
    let measured = summary.and_then(|summary| nearest(summary, size));
    let of_time = |text: String| (kind == Kind::Samples).then_some(text);
    let gain = measured.as_ref().map(|(found, at)| {
        format!("{} {} at {at}", format::with_interval(found.ratio), format::word(found.verdict))
    });
    let whole = measured
        .as_ref()
        .and_then(|(found, _)| of_time(words::gain(whole::gain(finding.share, *found))));
    Advice {
        title: case.title.clone(),
        gain,
        whole,
        bound: of_time(words::bound(finding.share)),
        against: figures.and_then(|(record, summaries)| against(record, summaries, case)),
    }
}

/// The gain of the best rung over naive at the size that is nearest to the reader's, among the
/// sizes of the headline's distribution; without a size, at the headline.
fn nearest(summary: &CaseSummary, size: Option<u64>) -> Option<(Compared, String)> {
    let headline = summary.headline();
    let input = &headline.record.scenario.input;
    let items = |scenario: &ScenarioSummary| summary.items(&scenario.record.scenario).max(1);
    let apart = |scenario: &&ScenarioSummary| {
        let apart = size.map(|size| (size.max(1) as f64 / items(scenario) as f64).ln().abs());
        (apart.unwrap_or(0.0) * 1e6) as u64
    };
    let alike = summary.scenarios.iter().filter(|s| s.record.scenario.input == *input);
    let scenario = match size {
        Some(_) => alike.min_by_key(apart)?,
        None => headline,
    };
    let found = scenario.compared(0, summary.fastest(scenario)?)?;
    Some((found, scenario::long(summary, &scenario.record.scenario)))
}

/// Where the case loses, as its card says it.
fn against(record: &Record, summaries: &Summaries, case: &Case) -> Option<String> {
    let subject = Subject {
        case: case.name.clone(),
        title: case.title.clone(),
        symptom: String::new(),
        look: String::new(),
        peer: case.peer.clone(),
        ideas: BTreeMap::new(),
    };
    let loses = Card::new(record, summaries, &[subject]).rows.first()?.loses_when();
    (!loses.is_empty()).then_some(loses)
}

#[cfg(test)]
mod tests {
    use super::*;
    use judge::summary::summaries;
    use record::fixture::record;

    fn case() -> Case {
        Case {
            name: "words".into(),
            title: "Words".into(),
            part: "Memory".into(),
            minutes: 1,
            order: 1,
            symptom: String::new(),
            look: String::new(),
            peer: "memchr".into(),
            signs: Vec::new(),
            seen: None,
            folder: "/nowhere".into(),
            bench: "/nowhere".into(),
            dependencies: Vec::new(),
        }
    }

    fn finding(share: f64) -> Finding {
        Finding {
            case: "words".into(),
            perhaps: false,
            what: Vec::new(),
            share,
            low: share,
            high: share,
            own: share,
            frames: Vec::new(),
            callers: Vec::new(),
            overlaps: Vec::new(),
        }
    }

    #[test]
    fn a_finding_says_what_was_gained_here_and_what_the_whole_gains_of_it() {
        let record = record();
        let summaries = summaries(&record);
        let figures = Some((&record, &summaries));
        let half = advice(&finding(0.5), Kind::Samples, None, &case(), figures);
        let gain = half.gain.unwrap();
        assert!(gain.contains("× [") && gain.contains(" faster at "), "{gain}");
        assert!(half.whole.unwrap().contains("× ["));
        assert_eq!(half.bound.as_deref(), Some("2.0×"));
        assert!(half.against.is_some());
        let sized = advice(&finding(0.5), Kind::Samples, Some(3), &case(), figures);
        assert!(sized.gain.is_some());
    }

    #[test]
    fn allocations_are_no_time_and_what_was_not_measured_has_no_figures() {
        let record = record();
        let summaries = summaries(&record);
        let counted =
            advice(&finding(0.5), Kind::Allocations, None, &case(), Some((&record, &summaries)));
        assert!(counted.gain.is_some() && counted.whole.is_none() && counted.bound.is_none());
        let bare = advice(&finding(0.5), Kind::Samples, None, &case(), None);
        assert_eq!((bare.gain, bare.whole, bare.against), (None, None, None));
    }
}
