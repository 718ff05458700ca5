//! Ratios of rungs that were measured alone, beside those of paired rounds: on the method page how
//! well the two agree, on a case's page those of a scenario in which they do not.

use maud::{Markup, html};

use super::calibration::{counted, words};
use crate::html::Column::{Figures, Words};
use crate::html::{joined, place, rungs, table};
use crate::markdown::Markdown;
use judge::alone::{Alone, FAR, LEAST_WITHIN, NEAR, Place, by_process, ratios};
use judge::summary::{CaseSummary, ScenarioSummary, Summaries};
use judge::words::format;

const NOT_YET: &str = "Nobody measured this here: `cargo xtask calibrate --alone` does it.";

/// How well alone and paired agree, and where they do not; `title` is a case's, as a link.
pub fn section<'a>(cases: Option<&'a Summaries<'a>>, title: impl Fn(&str) -> Markup) -> Markdown {
    let mut section = Markdown::default();
    let found = cases.map(|cases| (cases, Alone::of(cases)));
    match found.filter(|(_, found)| !found.places.is_empty()) {
        Some((cases, found)) => section.block(&html! {
            (summed_up(&found))
            @if found.beyond().next().is_some() { (beyond(cases, &found, title)) }
        }),
        None => section.words(NOT_YET),
    }
    section
}

/// The counts, held against their targets.
fn summed_up(found: &Alone) -> Markup {
    let (within, far, untold) = (found.within(), found.far(), found.untold());
    let [one_core, threads] = [false, true].map(|threads| found.within_of(threads));
    let [most, none] = found.targets();
    let (near, apart) = (format::share(NEAR), format::ratio(FAR));
    html! {
        p {
            "Ratios within " (near) " of those alone: " (within.hits) " of " (within.of) ", "
            (counted(within)) ". At least " (format::share(LEAST_WITHIN)) ": " (words(most)) ". "
            @if one_core.of > 0 && threads.of > 0 {
                "Where rungs stay on one core: " (one_core.hits) " of " (one_core.of)
                "; where they have threads, or wait: " (threads.hits) " of " (threads.of) ". "
            }
            "More than " (apart) " apart: " (far.hits) "."
            @if untold.hits < far.hits {
                " In " (far.hits - untold.hits) " of them processes "
                a href="#processes-that-differ" { "differ by themselves" } ", as their pages say."
            }
            " None untold: " (words(none)) "."
        }
    }
}

/// Those that are not near, the worst first.
fn beyond<'a>(cases: &Summaries, found: &Alone<'a>, title: impl Fn(&str) -> Markup) -> Markup {
    let columns = [
        Words("case"),
        Words("at"),
        Words("rung"),
        Figures("paired"),
        Figures("alone"),
        Figures("apart"),
    ];
    let row = |found: &Place<'a>| {
        let [paired, alone, apart] =
            [found.ratios.paired, found.ratios.alone, found.ratios.apart()].map(format::ratio);
        [
            title(found.case),
            html! { (place(cases.get(found.case), found.scenario)) },
            html! { code { (found.rung) } },
            html! { (paired) },
            html! { (alone) },
            html! { (apart) },
        ]
    };
    table(columns, found.beyond().map(row))
}

/// Rungs of a scenario whose ratio alone is not near the paired one: where there is one, its table
/// has a column for those alone.
pub fn apart(scenario: &ScenarioSummary) -> Vec<usize> {
    let is_apart = |rung: &usize| ratios(scenario, *rung).is_some_and(|found| !found.near());
    (0..scenario.rungs.len()).filter(is_apart).collect()
}

/// A rung's cell in that column.
pub fn cell(scenario: &ScenarioSummary, rung: usize) -> String {
    ratios(scenario, rung).map_or_else(|| "–".to_owned(), |found| format::ratio(found.alone))
}

/// What that column is, and what it means where the two are far apart.
pub fn below(summary: &CaseSummary, scenario: &ScenarioSummary) -> Markup {
    let apart = apart(scenario);
    let far = apart.iter().filter_map(|rung| {
        let found = ratios(scenario, *rung).filter(|found| found.far())?;
        Some((*rung, found))
    });
    let far: Vec<Markup> = far
        .map(|(rung, found)| {
            html! {
                (rungs(summary, &[rung])) " (" (format::ratio(found.paired)) " in turns, "
                (format::ratio(found.alone)) " alone"
                @if let Some((least, most)) = by_process(scenario, rung) {
                    ", and in turns from " (format::ratio(least)) " to " (format::ratio(most))
                    ": its processes differ by themselves"
                } @else {
                    ": what runs between two calls decides"
                }
                ")"
            }
        })
        .collect();
    html! {
        @if !apart.is_empty() {
            p.small {
                "“Alone” is against naive too, each in processes in which no other rung was called; it \
                 is more than " (format::share(NEAR)) " from the paired ratio for "
                (rungs(summary, &apart)) ". "
                a href="method.html#alone-and-among-others" { "How it is measured" } "."
            }
        }
        @if !far.is_empty() {
            p.caution {
                "More than " (format::ratio(FAR)) " apart: " (joined(far, ", ")) ". Take neither \
                 ratio for what a program will gain."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;
    use judge::summary::summaries;
    use record::{Record, fixture};

    /// The fixture, whose rung is four times as fast in pairs, and here so many times alone.
    fn record(alone: f64) -> Record {
        let mut record = fixture::record();
        let scenarios = &mut record.cases.get_mut("words").unwrap().scenarios;
        scenarios[0].alone = vec![Some(100.0), None, Some(100.0 / alone)];
        record
    }

    fn method(record: &Record) -> String {
        let title = |name: &str| html! { a href={ (name) ".html" } { "Title" } };
        section(Some(&summaries(record)), title).to_string()
    }

    fn page(record: &Record) -> String {
        let cases = summaries(record);
        plain(&below(&cases["words"], cases["words"].headline()).into_string())
    }

    #[test]
    fn the_method_page_counts_and_lists_what_is_apart() {
        let html = method(&record(8.0));
        assert!(html.contains("<a href=\"words.html\">Title</a>"), "{html}");
        let text = plain(&html);
        for part in [
            "Ratios within 15 % of those alone: 0 of 1, 0.0 %",
            "More than 1.50× apart: 1. None untold: not held, beyond chance",
            "Title | 1,000 words | optimized | 4.0× | 8.0× | 2.0× | ",
        ] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
        assert!(!text.contains("one core"), "all of one kind: {text}");
        let near = plain(&method(&record(4.1)));
        assert!(near.contains("of those alone: 1 of 1, 100.0 %") && !near.contains(" | "));
        assert!(near.contains("None untold: held"), "{near}");
    }

    #[test]
    fn one_core_and_several_are_counted_apart() {
        let mut record = record(8.0);
        let case = record.cases.get_mut("words").unwrap();
        let mut alike = case.scenarios[0].clone();
        (alike.scenario.n, alike.alone) = (9, vec![Some(100.0), None, Some(25.0)]);
        alike.cpu.clear();
        case.scenarios.push(alike);
        let text = plain(&method(&record));
        let both = "Where rungs stay on one core: 1 of 1; where they have threads, or wait: 0 of 1";
        assert!(text.contains(both), "{text}");
    }

    #[test]
    fn what_nobody_measured_says_how_to_do_it() {
        let mut record = record(4.0);
        record.cases.get_mut("words").unwrap().scenarios[0].alone.clear();
        assert!(
            method(&record).contains("Nobody measured this here: `cargo xtask calibrate --alone`")
        );
        let none = section(None, |_| html! {}).to_string();
        assert!(none.contains("Nobody measured this here"));
    }

    #[test]
    fn a_case_says_in_words_what_is_far_apart() {
        let far = page(&record(2.0));
        assert!(far.contains("more than 15 % from the paired ratio for optimized."), "{far}");
        let both =
            "More than 1.50× apart: optimized (4.0× in turns, 2.0× alone: what runs between two";
        assert!(far.contains(both), "{far}");
        let mut unlike = record(2.0);
        let scenario = &mut unlike.cases.get_mut("words").unwrap().scenarios[0];
        for times in &mut scenario.times[..2] {
            times[2] = times[0];
        }
        let by_itself = "2.0× alone, and in turns from 1.00× to 4.0×: its processes differ by";
        let far = page(&unlike);
        assert!(far.contains(by_itself), "{far}");
        let apart = page(&record(5.0));
        assert!(apart.contains("for optimized.") && !apart.contains("in turns"), "{apart}");
        assert_eq!(page(&record(4.1)), "");
    }
}
