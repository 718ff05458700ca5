//! Rungs whose time depends on the process: which those of a scenario are, beneath its table, and
//! all of a record, on the method page.

use maud::{Markup, html};

use crate::html::Column::{Figures, Words};
use crate::html::{joined, place, table};
use crate::markdown::Markdown;
use judge::states::{self, Kind, Place, State, States};
use judge::summary::{ScenarioSummary, Summaries};
use judge::words::format;

/// Those of a scenario, with what each takes in which share of its processes.
pub fn below(rungs: &[&str], scenario: &ScenarioSummary) -> Markup {
    let found = rungs.iter().enumerate();
    let found = found.filter_map(|(rung, name)| Some((name, states::of(scenario.record, rung)?)));
    let (two, by_pages): (Vec<_>, Vec<_>) = found.partition(|(_, of)| of.kind == Kind::Two);
    let told = |found: Vec<(&&str, States)>| {
        let one = |(name, States { fast, slow, .. }): (&&str, States)| {
            html! { code { (name) } " takes " (state(fast, slow)) " and " (state(slow, fast)) }
        };
        joined(found.into_iter().map(one), "; ")
    };
    html! {
        @if !two.is_empty() || !by_pages.is_empty() {
            p.small {
                "The same code on the same kind of input differs by the process. "
                @if !two.is_empty() { "In two states: " (told(two)) ". " }
                @if !by_pages.is_empty() {
                    "With its page faults, of which the fastest and the slowest quarter of the \
                     processes are told: " (told(by_pages)) ". "
                }
                a href="method.html#processes-that-differ" { "Why" } "."
            }
        }
    }
}

/// "6.1 µs in 7 processes", and how many page faults a call has there if that tells the two apart.
fn state(one: State, other: State) -> Markup {
    let apart = |one: f64, other: f64| (one - other).abs() >= 1.0;
    let faults = one.faults.zip(other.faults).filter(|(one, other)| apart(*one, *other));
    html! {
        (format::time(one.ns)) " in " (one.processes) " processes"
        @if let Some((pages, _)) = faults { " (" (format::events(pages)) " page faults a call)" }
    }
}

/// All of a record; `title` is a case's, as a link.
pub fn section<'a>(cases: Option<&'a Summaries<'a>>, title: impl Fn(&str) -> Markup) -> Markdown {
    let mut section = Markdown::default();
    let Some(cases) = cases else { return section };
    let (places, known) = states::all(cases);
    let columns = [
        Words("case"),
        Words("at"),
        Words("rung"),
        Figures("faster"),
        Figures("slower"),
        Figures("page faults"),
    ];
    let row = |found: &Place<'a>| {
        let summary = cases.get(found.case);
        let rung = summary.and_then(|summary| summary.rungs.get(found.rung));
        let States { kind, fast, slow } = found.states;
        let pages = fast.faults.zip(slow.faults);
        let quarter = if kind == Kind::Pages { ", a quarter" } else { "" };
        let cell = |of: State| html! { (format::time(of.ns)) " (" (of.processes) (quarter) ")" };
        let pages = pages.map(|(fast, slow)| [fast, slow].map(format::events).join("; "));
        [
            title(found.case),
            html! { (place(summary, found.scenario)) },
            html! { code { (rung.copied().unwrap_or_default()) } },
            cell(fast),
            cell(slow),
            html! { (pages.unwrap_or_else(|| "–".to_owned())) },
        ]
    };
    section.block(&html! {
        p {
            (places.len()) " of the " (known) " times that this book shows differ so. Behind each \
             stands the number of its processes; where all are not in two states, those of the \
             fastest and of the slowest quarter are told, and marked."
        }
        @if !places.is_empty() { (table(columns, places.iter().map(row))) }
    });
    section
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;
    use judge::summary::summaries;
    use record::{Record, fixture};

    /// The fixture, with six processes, in two of which its last rung takes twice as long.
    fn record() -> Record {
        let mut record = fixture::record();
        let scenario = &mut record.cases.get_mut("words").unwrap().scenarios[0];
        let slow = |at: usize| [1.0, 2.0][usize::from(at.is_multiple_of(3))];
        scenario.times = (0..6).map(|at| vec![100.0, 0.0, 25.0 * slow(at)]).collect();
        scenario.cpu.clear();
        scenario.faults = (0..6).map(|at| vec![0.0, 0.0, 4.0 * slow(at) - 4.0]).collect();
        record
    }

    fn shown(record: &Record) -> (String, String) {
        let cases = summaries(record);
        let words = &cases["words"];
        let below = below(&words.rungs, words.headline()).into_string();
        let title = |name: &str| html! { a href={ (name) ".html" } { "Title" } };
        (plain(&below), plain(&section(Some(&cases), title).to_string()))
    }

    #[test]
    fn both_states_are_told_with_what_tells_them_apart() {
        let (below, method) = shown(&record());
        let both = "optimized takes 25 ns in 4 processes (0 page faults a call) and 50 ns in 2 \
                    processes (4 page faults a call).";
        assert!(below.contains(both), "{below}");
        assert!(method.contains("1 of the 2 times"), "{method}");
        assert!(method.contains("optimized | 25 ns (4) | 50 ns (2) | 0; 4"), "{method}");
        let mut uncounted = record();
        uncounted.cases.get_mut("words").unwrap().scenarios[0].faults.clear();
        let (below, method) = shown(&uncounted);
        assert!(below.contains("in 4 processes and 50 ns in 2 processes."), "{below}");
        assert!(method.contains("50 ns (2) | –"), "{method}");
    }

    #[test]
    fn a_spread_that_goes_with_page_faults_is_told_by_its_quarters() {
        let mut record = fixture::record();
        let scenario = &mut record.cases.get_mut("words").unwrap().scenarios[0];
        let times = [5.0, 6.0, 7.0, 8.0, 9.0, 11.0, 13.0];
        scenario.times = times.map(|time| vec![100.0, 0.0, time]).into();
        scenario.cpu.clear();
        scenario.faults = times.map(|time| vec![0.0, 0.0, 2.0 * time - 10.0]).into();
        let (below, method) = shown(&record);
        let quarters = "With its page faults, of which the fastest and the slowest quarter of the \
                        processes are told: optimized takes 5.5 ns in 2 processes (1 page \
                        faults a call) and 12 ns in 2 processes (14 page faults a call). Why.";
        assert!(below.contains(quarters) && !below.contains("states"), "{below}");
        assert!(method.contains("5.5 ns (2, a quarter) | 12 ns (2, a quarter)"), "{method}");
    }

    #[test]
    fn one_state_is_not_told() {
        let (below, method) = shown(&fixture::record());
        assert_eq!(below, "");
        assert!(method.contains("0 of the 2 times") && !method.contains(" | "), "{method}");
    }
}
