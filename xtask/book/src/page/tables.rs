//! The evidence of a case: a table for each scenario, with what a reader has to know of it.

use maud::{Markup, html};

use protocol::{Absent, Description, Machine, Scenario};

use super::plots::plots;
use super::{alone, states};
use crate::html::{anchor, judged, said, slug, term};
use crate::markdown::Markdown;
use judge::stats;
use judge::summary::{CaseSummary, Compared, RungSummary, ScenarioSummary};
use judge::words::{format, level, scenario};
use protocol::Allocations;

/// How to read the tables, the plots that do not stand above the chapter, and the tables.
pub fn section(summary: &CaseSummary, machine: &Machine) -> Markdown {
    let rungs = summary.record.description.iter().flat_map(|description| &description.rungs);
    let unavailable = rungs.filter_map(|rung| Some((&rung.name, rung.unavailable.as_ref()?)));
    let mut section = Markdown::default();
    section.heading(2, "Evidence");
    section.block(&html! {
        p {
            "Times and ratios come from paired runs in " (summary.headline().record.times.len())
            " processes, with 95 % " (term("interval")) "s; a " (term("verdict")) " is "
            (term("undecided")) " where the interval or the " (term("noise floor"))
            " allows both. Data is warm: each slice of calls begins when the rung has its own \
             data, caches and predictors back, and inputs take turns. "
            @if summary.scenarios.iter().any(|scenario| scenario.cold) {
                "Where one is cold, what a call needs is evicted before each, untimed, and the page \
                 says so. "
            }
            a href="method.html" { "How the figures are made" } "."
        }
        @for (name, why) in unavailable {
            p { code { (name) } " did not run: not on this system, because " (said(why)) "." }
        }
        @for plot in plots(summary, machine, "").iter().skip(1) { (plot) }
        (tables(summary, ""))
    });
    if machine.read.is_empty() {
        section
            .words("Shares of the limit are unavailable: this machine's limits were not measured.");
    }
    section
}

/// The headline's table open, the others folded; `place` is how the places of their links begin.
pub fn tables(summary: &CaseSummary, place: &str) -> Markup {
    let order = std::iter::once(summary.headline)
        .chain((0..summary.scenarios.len()).filter(|at| *at != summary.headline));
    html! {
        @for at in order {
            @let scenario = &summary.scenarios[at];
            @let place = format!("{place}{}", self::place(&scenario.record.scenario));
            details id=(place) open[at == summary.headline] {
                summary {
                    (scenario::long(summary, &scenario.record.scenario))
                    @if scenario.cold { " · " (level::COLD) }
                    @if let Some(lies) = scenario.lies() { " · data " (level::lies(lies)) }
                }
                @if let Some(held) = scenario.held {
                    p.caution {
                        (level::holds(held)) ". What is claimed of it is not judged here."
                    }
                }
                (Table::new(summary, scenario).html())
                (quiet(scenario, &place))
            }
        }
        (absent(summary.record.description.as_ref(), place))
    }
}

/// In place of a table: why this system cannot do a scenario.
pub fn absent(description: Option<&Description>, place: &str) -> Markup {
    html! {
        @if let Some(description) = description {
            @for Absent { scenario, why } in &description.absent {
                p id=(format!("{place}{}", self::place(scenario))) {
                    (scenario::described(description, scenario)) ", " (scenario.input)
                    ": not on this system, because " (said(why)) "."
                }
            }
        }
    }
}

/// Where a scenario's table stands.
pub fn place(scenario: &Scenario) -> String {
    slug(&format!("at-{scenario}"))
}

/// A scenario's table: a row for each rung that was measured, no column that none has a figure for.
struct Table<'s, 'a> {
    summary: &'s CaseSummary<'a>,
    scenario: &'s ScenarioSummary<'a>,
    /// Those of our rungs than which none of ours is certainly faster.
    fastest: Vec<usize>,
    /// Whether some rung's ratio is another one alone.
    alone: bool,
    cpu: bool,
    share: bool,
    data: bool,
    /// Whether rungs differ in where their data lies.
    lies: bool,
    allocations: bool,
    /// Whether the system hands over pages in the calls of some rung.
    faults: bool,
    criterion: bool,
}

impl<'s, 'a> Table<'s, 'a> {
    fn new(summary: &'s CaseSummary<'a>, scenario: &'s ScenarioSummary<'a>) -> Self {
        let any = |has: fn(&RungSummary) -> bool| scenario.rungs.iter().flatten().any(has);
        Self {
            summary,
            scenario,
            fastest: scenario.fastest(summary.ours()),
            alone: !alone::apart(scenario).is_empty(),
            cpu: any(|rung| rung.cpu.is_some()),
            share: any(|rung| rung.share.is_some()),
            data: any(|rung| rung.data.is_some()),
            lies: scenario.lies().is_none() && any(|rung| rung.lies.is_some()),
            allocations: any(|rung| rung.allocations.is_some()),
            faults: any(|rung| faults(rung).is_some_and(|pages| pages >= 1.0)),
            criterion: any(|rung| rung.criterion.is_some()),
        }
    }

    fn html(&self) -> Markup {
        html! {
            div.table-wrapper {
                table.evidence {
                    (self.head())
                    tbody {
                        @for at in 0..self.summary.rungs.len() {
                            @if let Some(rung) = &self.scenario.rungs[at] { (self.row(at, rung)) }
                        }
                    }
                }
            }
            (self.below())
        }
    }

    fn head(&self) -> Markup {
        html! {
            thead {
                tr {
                    th scope="col" { "rung" }
                    th scope="col" { "time a call" }
                    th scope="col" { "per " (self.summary.item()) }
                    th scope="col" { "against naive" }
                    th scope="col" { "against the one before" }
                    @if self.alone { th scope="col" { "alone" } }
                    @if self.cpu { th scope="col" { "processor time" } }
                    @if self.share { th scope="col" { "of the limit" } }
                    @if self.data { th scope="col" { "data" } }
                    @if self.allocations { th scope="col" { "allocations" } th scope="col" { "peak" } }
                    @if self.faults { th scope="col" { "page faults" } }
                    @if self.criterion { th scope="col" { "under " code { "cargo bench" } } }
                }
            }
        }
    }

    fn row(&self, at: usize, rung: &RungSummary) -> Markup {
        let n = self.summary.items(&self.scenario.record.scenario).max(1) as f64;
        html! {
            tr {
                th scope="row" { code { (self.summary.rungs[at]) } (self.mark(at)) }
                td { (format::exact_time(rung.time.mid)) }
                td { (format::exact_time(rung.time.mid / n)) }
                td { (against(rung.against_naive)) }
                td { (against(rung.against_previous)) }
                @if self.alone { td { (alone::cell(self.scenario, at)) } }
                @if self.cpu { td { (rung.cpu.map_or_else(dash, format::time)) } }
                @if self.share { td { (rung.share.map_or_else(dash, format::share)) } }
                @if self.data { td { (self.data(rung)) } }
                @if self.allocations {
                    td { (rung.allocations.map_or_else(dash, calls)) }
                    td { (rung.allocations.map_or_else(dash, |n| format::bytes(n.peak as f64))) }
                }
                @if self.faults { td { (faults(rung).map_or_else(dash, format::events)) } }
                @if self.criterion {
                    td { (rung.criterion.map_or_else(dash, |solo| format::time(solo.ns))) }
                }
            }
        }
    }

    /// How large its data is, and where that lies if it is not the same for all.
    fn data(&self, rung: &RungSummary) -> Markup {
        let lies = rung.lies.filter(|_| self.lies);
        html! {
            (rung.data.map_or_else(dash, |bytes| format::bytes(bytes as f64)))
            @if let Some(lies) = lies { br; span.small { (level::lies(lies)) } }
        }
    }

    /// Which of our rungs is the fastest here. The last one is the last one, and need not be.
    fn mark(&self, rung: usize) -> Markup {
        let word =
            if self.fastest.len() > 1 { "among the fastest of ours" } else { "fastest of ours" };
        html! { @if self.fastest.contains(&rung) { br; span.small { (word) } } }
    }

    /// What has to be known of the columns.
    fn below(&self) -> Markup {
        html! {
            @if self.cpu {
                p.small {
                    "Processor time is that of all threads together: beyond the time, several \
                     worked or spun at once; below it, they waited."
                }
            }
            @if self.criterion {
                p.small {
                    "Under " code { "cargo bench" } ", criterion times all rungs in one process, \
                     one after the other; no ratio is made from that column."
                }
            }
            (states::below(&self.summary.rungs, self.scenario))
            (alone::below(self.summary, self.scenario))
        }
    }
}

/// How quiet it was, and a link to the scenario.
fn quiet(scenario: &ScenarioSummary, place: &str) -> Markup {
    let record = scenario.record;
    html! {
        p.small {
            (record.blocks) " blocks, " (format::share(record.quiet)) " of them quiet; noise floor "
            (format::share(scenario.floor)) "; " (format::count(record.inputs)) " "
            (format::plural("input", record.inputs)) " in rotation."
            @if !scenario.believable {
                " " strong {
                    "The machine was busy in too many blocks: what differs by less than a factor of "
                    (format::plain(stats::NEIGHBOUR)) " is undecided."
                }
            }
            " " (anchor(place, "this scenario"))
        }
    }
}

fn against(compared: Option<Compared>) -> Markup {
    compared.map_or_else(|| html! { "–" }, judged)
}

/// Pages that the system hands over in a call.
fn faults(rung: &RungSummary) -> Option<f64> {
    rung.allocations?.faults
}

fn calls(counts: Allocations) -> String {
    let n = format::count((counts.allocations + counts.reallocations) as usize);
    if counts.repeatable { n } else { n + " at most" }
}

fn dash() -> String {
    "–".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;
    use record::fixture::{self, record};
    use record::{CaseRecord, Record};

    fn shown(change: impl FnOnce(&mut CaseRecord), show: fn(&CaseSummary) -> String) -> String {
        let Record { mut cases, machine, .. } = record();
        let mut case = cases.remove("words").unwrap();
        change(&mut case);
        show(&CaseSummary::new(&case, &machine).unwrap())
    }

    #[test]
    fn a_rung_has_a_row_if_it_ran_and_a_column_has_a_figure() {
        let all = |summary: &CaseSummary| plain(&tables(summary, "").into_string());
        let text = shown(|_| (), all);
        let head = "rung | time a call | per word | against naive | against the one before | \
                    processor time | of the limit | data | allocations | peak | under cargo bench | ";
        assert!(text.contains(head), "{text}");
        let rows = [
            "naive | 100.0 ns | 0.1000 ns | – | – | 100 ns | 12 % | 800 B | 5 | 64 B | – | ",
            "optimizedfastest of ours | 25.00 ns | 25.00 ps | 4.00× [3.99, 4.01] faster | – | 50 ns | \
             50 % | 100 B | – | – | 26 ns | ",
        ];
        for row in rows {
            assert!(text.contains(row), "{row} in {text}");
        }
        assert!(!text.contains("wide | "), "{text}");
        let absent = "64 words, cold: not on this system, because its pages stay in tmpfs.";
        assert!(text.contains(absent), "{text}");
        assert!(text.contains("no ratio is made from that column"), "{text}");
        assert!(text.contains("beyond the time, several worked or spun at once"), "{text}");
        let bare = shown(
            |case| {
                let scenario = &mut case.scenarios[0];
                scenario.data_bytes.fill(None);
                scenario.allocations.fill(None);
                scenario.cpu.clear();
                scenario.solo.clear();
                case.description.as_mut().unwrap().limit = None;
            },
            all,
        );
        assert!(bare.contains("against the one before | naive"), "{bare}");
        assert!(!bare.contains("rocessor time") && !bare.contains("cargo bench"), "{bare}");
    }

    #[test]
    fn page_faults_have_a_column_where_calls_have_some() {
        let with = |faults: f64| {
            let change = |case: &mut CaseRecord| {
                let allocations = &mut case.scenarios[0].allocations;
                allocations.iter_mut().flatten().for_each(|of| of.faults = Some(faults));
            };
            shown(change, |summary| plain(&tables(summary, "").into_string()))
        };
        let some = with(359.0);
        assert!(some.contains("allocations | peak | page faults | under cargo bench"), "{some}");
        assert!(some.contains("5 | 64 B | 359 | – | "), "{some}");
        assert!(!with(0.05).contains("page faults"), "now and then is hardly ever");
    }

    #[test]
    fn ratios_alone_have_a_column_only_where_one_is_apart() {
        let alone = |time: f64| {
            let change = |case: &mut CaseRecord| {
                case.scenarios[0].alone = vec![Some(100.0), None, Some(time)];
            };
            shown(change, |summary| plain(&tables(summary, "").into_string()))
        };
        let apart = alone(20.0);
        assert!(apart.contains("against the one before | alone | processor time"), "{apart}");
        assert!(apart.contains("naive | 100.0 ns | 0.1000 ns | – | – | – | 100 ns"), "{apart}");
        assert!(apart.contains("4.00× [3.99, 4.01] faster | – | 5.0× | 50 ns"), "{apart}");
        assert!(apart.contains("from the paired ratio for optimized"), "{apart}");
        let near = alone(24.0);
        assert!(!near.contains("alone"), "{near}");
    }

    #[test]
    fn where_data_lies_is_said_in_the_heading_or_by_rung_where_rungs_differ() {
        let shown = |change: fn(&mut CaseRecord), caches: &[u64]| {
            let Record { mut cases, mut machine, .. } = record();
            let mut case = cases.remove("words").unwrap();
            change(&mut case);
            machine.caches = caches.to_vec();
            plain(&tables(&CaseSummary::new(&case, &machine).unwrap(), "").into_string())
        };
        let apart = shown(|_| (), &[100, 600]);
        assert!(!apart.contains("· data in"), "{apart}");
        assert!(apart.contains("800 Bbeyond the caches | "), "{apart}");
        assert!(apart.contains("100 Bin L1 | "), "{apart}");
        let same = shown(|_| (), &[10, 2_000, 3_000]);
        assert!(same.contains("short, mixed · data in L2") && !same.contains("Bin L2"));
        let held = "Meant to lie beyond the caches; here 800 B lie within an L3 of 2.93 KiB. \
                    What is claimed of it is not judged here.";
        assert!(same.contains(held) && !apart.contains("Meant to"), "{same}");
        let unknown = |case: &mut CaseRecord| {
            case.scenarios[0].data_bytes.fill(None);
            case.scenarios[0].within = 0.0;
        };
        let unknown = shown(unknown, &[10, 2_000]);
        assert!(!unknown.contains("in L") && !unknown.contains("beyond the caches"), "{unknown}");
    }

    #[test]
    fn what_is_cold_is_said_to_be_and_lies_nowhere() {
        let cold = |case: &mut CaseRecord| {
            case.description.as_mut().unwrap().cold = vec!["short, mixed".into()];
        };
        let text = shown(cold, |summary| plain(&tables(summary, "").into_string()));
        assert!(text.contains("short, mixed · cold: evicted before every call"), "{text}");
        let warm = shown(|_| (), |summary| plain(&tables(summary, "").into_string()));
        assert!(!warm.contains("evicted"), "{warm}");
    }

    #[test]
    fn the_fastest_of_ours_is_marked_and_several_where_nobody_can_tell() {
        let tables = |summary: &CaseSummary| plain(&tables(summary, "").into_string());
        let slower = |case: &mut CaseRecord| {
            case.scenarios[0].pairs[1].logs.iter_mut().flatten().for_each(|log| *log = -6931);
            fixture::set_times(&mut case.scenarios[0]);
        };
        let text = shown(slower, tables);
        assert!(
            text.contains("naivefastest of ours | ") && text.contains("optimized | "),
            "{text}"
        );
        let even = |case: &mut CaseRecord| {
            case.scenarios[0].pairs[1].logs.iter_mut().flatten().for_each(|log| *log = 50);
            fixture::set_times(&mut case.scenarios[0]);
        };
        let text = shown(even, tables);
        for rung in ["naive", "optimized"] {
            assert!(text.contains(&format!("{rung}among the fastest of ours | ")), "{text}");
        }
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
            let html = tables(summary, "").into_string();
            assert!(html.contains(&format!(" open><summary>{headline}<")), "{html}");
            html
        });
        assert_eq!(html.matches("\" open><summary>").count(), 1);
        assert_eq!(html.matches("\"><summary>").count(), 1);
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
        assert!(text.contains("what differs by less than a factor of 2 is undecided"), "{text}");
        assert!(text.contains("Shares of the limit are unavailable"), "{text}");
        let quiet = shown(|_| (), |summary| section(summary, &record().machine).to_string());
        assert!(!quiet.contains("too many blocks") && !quiet.contains("unavailable:"), "{quiet}");
    }
}
