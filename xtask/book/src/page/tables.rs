//! The evidence of a case: a table for each scenario, with what a reader has to know of it.

use maud::{Markup, html};

use protocol::Machine;

use crate::html::{class_of, ratio_with_interval, said};
use crate::markdown::Markdown;
use judge::stats::Verdict;
use judge::summary::{CaseSummary, Compared, RungSummary, ScenarioSummary};
use judge::words::{format, scenario};
use protocol::Allocations;

/// How to read the tables, and the tables.
pub fn section(summary: &CaseSummary, machine: &Machine) -> Markdown {
    let rungs = summary.record.description.iter().flat_map(|description| &description.rungs);
    let unavailable = rungs.filter_map(|rung| Some((&rung.name, rung.unavailable.as_ref()?)));
    let mut section = Markdown::default();
    section.heading(2, "Evidence");
    section.block(&html! {
        p {
            "Ratios come from interleaved runs in " (summary.headline().record.times.len())
            " processes, with 95 % intervals; “cannot tell” means that the interval or the noise \
             floor allows both. " a href="method.html" { "How the figures are made" } "."
        }
        @for (name, why) in unavailable {
            p { code { (name) } " did not run: not on this system, because " (said(why)) "." }
        }
        (tables(summary))
    });
    if machine.read.is_empty() {
        section
            .words("Shares of the limit are unavailable: this machine's limits were not measured.");
    }
    section
}

/// The headline's table open, the others folded.
pub fn tables(summary: &CaseSummary) -> Markup {
    let order = std::iter::once(summary.headline)
        .chain((0..summary.scenarios.len()).filter(|at| *at != summary.headline));
    html! {
        @for at in order {
            @let scenario = &summary.scenarios[at];
            details open[at == summary.headline] {
                summary { (scenario::long(summary, &scenario.record.scenario)) }
                (Table::new(summary, scenario).html())
            }
        }
    }
}

/// A scenario's table: a row for each rung that was measured, no column that none has a figure for.
struct Table<'s, 'a> {
    summary: &'s CaseSummary<'a>,
    scenario: &'s ScenarioSummary<'a>,
    share: bool,
    data: bool,
    allocations: bool,
}

impl<'s, 'a> Table<'s, 'a> {
    fn new(summary: &'s CaseSummary<'a>, scenario: &'s ScenarioSummary<'a>) -> Self {
        let any = |has: fn(&RungSummary) -> bool| scenario.rungs.iter().flatten().any(has);
        Self {
            summary,
            scenario,
            share: any(|rung| rung.share.is_some()),
            data: any(|rung| rung.data.is_some()),
            allocations: any(|rung| rung.allocations.is_some()),
        }
    }

    fn html(&self) -> Markup {
        let rungs = self.summary.rungs.iter().zip(&self.scenario.rungs);
        html! {
            div.table-wrapper {
                table.evidence {
                    thead {
                        tr {
                            th { "rung" }
                            th { "time a call" }
                            th { "per " (self.summary.item()) }
                            th { "against naive" }
                            th { "against the one before" }
                            @if self.share { th { "of the limit" } }
                            @if self.data { th { "data" } }
                            @if self.allocations { th { "allocations" } th { "peak" } }
                        }
                    }
                    tbody {
                        @for (name, rung) in rungs {
                            @if let Some(rung) = rung { (self.row(name, rung)) }
                        }
                    }
                }
            }
            (below(self.scenario))
        }
    }

    fn row(&self, name: &str, rung: &RungSummary) -> Markup {
        let n = self.summary.items(&self.scenario.record.scenario).max(1) as f64;
        html! {
            tr {
                th { code { (name) } }
                td { (format::time(rung.time.mid)) }
                td { (format::time(rung.time.mid / n)) }
                td { (judged(rung.against_naive)) (solo_note(rung)) }
                td { (judged(rung.against_previous)) }
                @if self.share { td { (rung.share.map_or_else(dash, format::share)) } }
                @if self.data {
                    td { (rung.data.map_or_else(dash, |bytes| format::bytes(bytes as f64))) }
                }
                @if self.allocations {
                    td { (rung.allocations.map_or_else(dash, calls)) }
                    td { (rung.allocations.map_or_else(dash, |n| format::bytes(n.peak as f64))) }
                }
            }
        }
    }
}

/// How quiet it was.
fn below(scenario: &ScenarioSummary) -> Markup {
    let record = scenario.record;
    html! {
        p.small {
            (record.blocks) " blocks, " (format::share(record.quiet)) " of them quiet; noise floor "
            (format::share(scenario.floor)) "; " (format::count(record.inputs)) " "
            (format::plural("input", record.inputs)) " in rotation."
            @if !scenario.believable {
                " " strong { "Inconclusive: the machine was busy in too many blocks." }
            }
        }
    }
}

fn judged(compared: Option<Compared>) -> Markup {
    let Some(Compared { ratio, verdict }) = compared else { return html! { "–" } };
    let word = match verdict {
        Verdict::Faster => "faster",
        Verdict::Slower => "slower",
        Verdict::CannotTell => "cannot tell",
    };
    html! { (ratio_with_interval(ratio)) " " span class=(class_of(verdict)) { (word) } }
}

fn calls(counts: Allocations) -> String {
    let n = format::count((counts.allocations + counts.reallocations) as usize);
    if counts.repeatable { n } else { n + " at most" }
}

fn dash() -> String {
    "–".to_owned()
}

/// criterion times a rung alone, with caches and predictors all its own: where that matters, the
/// reader should know.
fn solo_note(rung: &RungSummary) -> Markup {
    html! {
        @if let Some(ratio) = rung.solo_ratio {
            br;
            span.ci { "alone, under criterion: " (format::ratio(ratio)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;
    use record::fixture::record;
    use record::{CaseRecord, Record};

    fn shown(change: impl FnOnce(&mut CaseRecord), show: fn(&CaseSummary) -> String) -> String {
        let Record { mut cases, machine, .. } = record();
        let mut case = cases.remove("words").unwrap();
        change(&mut case);
        show(&CaseSummary::new(&case, &machine).unwrap())
    }

    #[test]
    fn a_rung_has_a_row_if_it_ran_and_a_column_has_a_figure() {
        let all = |summary: &CaseSummary| plain(&tables(summary).into_string());
        let text = shown(|_| (), all);
        let head = "rung | time a call | per word | against naive | against the one before | \
                    of the limit | data | allocations | peak | ";
        assert!(text.contains(head), "{text}");
        let rows = ["naive | 100 ns | 0.1 ns | ", "optimized | 26 ns | 26 ps | "];
        assert!(rows.iter().all(|row| text.contains(row)), "{text}");
        assert!(!text.contains("wide | "), "{text}");
        assert!(text.contains("4.0× [4.0, 4.0] faster"), "{text}");
        let bare = shown(
            |case| {
                let scenario = &mut case.scenarios[0];
                scenario.data_bytes.fill(None);
                scenario.allocations.fill(None);
                case.description.as_mut().unwrap().limit = None;
            },
            all,
        );
        assert!(bare.contains("against the one before | naive"), "{bare}");
    }

    #[test]
    fn the_headline_stands_open_and_first() {
        let two = |case: &mut CaseRecord| {
            let mut larger = case.scenarios[0].clone();
            larger.scenario.n = 2_000;
            case.scenarios.push(larger);
        };
        let html = shown(two, |summary| {
            assert_eq!(summary.scenarios.len(), 2);
            let headline = scenario::long(summary, &summary.headline().record.scenario);
            let html = tables(summary).into_string();
            assert!(html.starts_with(&format!("<details open><summary>{headline}<")), "{html}");
            html
        });
        assert_eq!(html.matches("<details open>").count(), 1);
        assert_eq!(html.matches("<details>").count(), 1);
    }

    #[test]
    fn what_did_not_run_and_what_could_not_be_told_is_said() {
        let busy = |case: &mut CaseRecord| {
            case.scenarios[0].quiet = 0.0;
            case.description.as_mut().unwrap().rungs[1].unavailable = Some("`a` | *b*".into());
        };
        let text = shown(busy, |summary| section(summary, &Machine::default()).to_string());
        let why = "<code>wide</code> did not run: not on this system, because \
                   <code>a</code> &#124; &#42;b&#42;.";
        assert!(text.contains(why), "{text}");
        assert!(text.contains("Inconclusive: the machine was busy"), "{text}");
        assert!(text.contains("Shares of the limit are unavailable"), "{text}");
        let quiet = shown(|_| (), |summary| section(summary, &record().machine).to_string());
        assert!(!quiet.contains("Inconclusive") && !quiet.contains("unavailable:"), "{quiet}");
    }
}
