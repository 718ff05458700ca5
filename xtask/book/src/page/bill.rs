//! What the time of each rung goes to: its bill as a bar, as a table and as a sentence; and on the
//! method page, how often bills are right.

use maud::{Markup, html};
use protocol::Machine;

use crate::across::Across;
use crate::html::Column::{Figures, Words};
use crate::html::table;
use crate::markdown::Markdown;
use crate::plot::bill::{Row, bill};
use judge::bill::fit::{Fit, HALF, QUARTER};
use judge::bill::{Bill, Item, Missing};
use judge::summary::{CaseSummary, Summaries};
use judge::words::format;
use judge::words::scenario;
use record::Record;

const NO_RECORD: &str = "Unavailable: there is no record yet.";

/// The section of a case's page; empty if nobody looked.
pub fn section(summary: &CaseSummary, machine: &Machine) -> Markdown {
    let mut section = Markdown::default();
    let Some(evidence) = &summary.record.evidence else { return section };
    section.heading(2, "What the time goes to");
    let Some(place) = judge::bill::scenario(summary) else {
        let why = match &evidence.simulated {
            record::Found::Unavailable(why) => why,
            record::Found::Here(_) => "what was simulated was not timed",
        };
        section.block(&html! { p { "No bill: " (why) "." } });
        return section;
    };
    let made = (0..summary.rungs.len()).map(|rung| Bill::of(machine, summary, rung));
    let made: Vec<Result<Bill, Missing>> = made.collect();
    if made.iter().all(Result::is_err) {
        section.words(if made.contains(&Err(Missing::Elsewhere)) {
            "No bill: another process does the work."
        } else if place.cold {
            "No bill: the calls are cold, and wait for what no simulator counts."
        } else {
            "No bill: this record has no prices of its machine, or no counts."
        });
        return section;
    }
    let bills: Vec<Option<Bill>> = made.into_iter().map(Result::ok).collect();
    let at = scenario::long(summary, &place.record.scenario);
    section.block(&html! {
        p {
            "A call at " (at) ", taken apart by what the simulator counts and the listings show, at "
            a href="machine.html" { "this machine's own prices" } ". "
            a href="method.html#bills" { "How bills are made" } "."
        }
    });
    section.block(&drawn(summary, &bills, &at));
    section
}

/// Sentence, bars and table.
fn drawn(summary: &CaseSummary, bills: &[Option<Bill>], at: &str) -> Markup {
    let title = format!("What the time of a call goes to, at {at}");
    let known = summary.rungs.iter().zip(bills);
    let rows: Vec<Row> = known.filter_map(|(name, bill)| Some(row(name, bill.as_ref()?))).collect();
    html! {
        p { (binding(summary, bills)) }
        figure {
            (bill(&title, &rows))
            figcaption {
                "The thin bar is what was measured, the parts below it are the bill, and the line \
                 is where the two should end. Times stand at the right."
            }
        }
        (lines(summary, bills))
    }
}

fn row(name: &str, bill: &Bill) -> Row {
    let share = |ns: f64| ns / bill.measured;
    Row {
        label: name.to_owned(),
        parts: bill.parts.iter().map(|part| (word(part.item), share(part.ns))).collect(),
        text: format::time(bill.measured),
    }
}

/// One word, which is a class of its bar too.
fn word(item: Item) -> &'static str {
    match item {
        Item::Instructions => "run",
        Item::Chain => "wait",
        Item::Guesses => "guess",
        Item::Fetching => "fetch",
        Item::Memory => "memory",
        Item::Copying => "copy",
        Item::Allocations => "allocate",
        Item::Faults => "fault",
        Item::System => "system",
        Item::Device => "device",
        Item::Atomics => "atomic",
        Item::Threads => "threads",
    }
}

/// What binds naive and our best rung, in a sentence each.
fn binding(summary: &CaseSummary, bills: &[Option<Bill>]) -> Markup {
    html! {
        @for rung in [0, summary.optimized] {
            @if let Some(Some(bill)) = bills.get(rung) {
                code { (summary.rungs[rung]) } " "
                @match bill.binds() {
                    Some(item) => {
                        "is bound by " strong { (item.name()) } ", "
                        (format::share(paid(bill, item) / bill.measured)) " of its time. "
                    },
                    None => { "does what its bill does not explain. " },
                }
            }
        }
    }
}

fn paid(bill: &Bill, item: Item) -> f64 {
    bill.parts.iter().find(|part| part.item == item).map_or(0.0, |part| part.ns)
}

/// A column for each rung, a line for each thing that any of them pays for.
fn lines(summary: &CaseSummary, bills: &[Option<Bill>]) -> Markup {
    let paid_for = |item: &Item| bills.iter().flatten().any(|bill| paid(bill, *item) > 0.0);
    let cells = |show: &dyn Fn(&Bill) -> String| -> Vec<String> {
        bills.iter().map(|bill| bill.as_ref().map_or_else(|| "–".to_owned(), show)).collect()
    };
    let items = Item::ALL
        .into_iter()
        .filter(paid_for)
        .map(|item| (item.name(), cells(&|bill| time(paid(bill, item)))));
    let rows: Vec<(&str, Vec<String>)> = items
        .chain([
            ("unexplained", cells(&unexplained)),
            ("measured", cells(&|bill| format::time(bill.measured))),
            ("binds", cells(&|bill| bill.binds().map_or("unexplained", Item::name).to_owned())),
        ])
        .collect();
    html! {
        div.table-wrapper {
            table.evidence.why {
                thead { tr {
                    td {}
                    @for rung in &summary.rungs { th scope="col" { code { (rung) } } }
                } }
                tbody {
                    @for (what, cells) in &rows {
                        tr { th scope="row" { (what) } @for cell in cells { td { (cell) } } }
                    }
                }
            }
        }
        @if bills.iter().any(Option::is_none) {
            p.small {
                "Without a bill: what did not run, what another process does, and what neither the \
                 simulator can run nor the listing tells the work of."
            }
        }
    }
}

/// A dash for what costs nothing.
fn time(ns: f64) -> String {
    if ns > 0.0 { format::time(ns) } else { "–".to_owned() }
}

/// What is left, or how much more was explained than it took.
fn unexplained(bill: &Bill) -> String {
    let left = bill.unexplained();
    if left >= 0.0 {
        return format::time(left);
    }
    format!("{} more than it took", format::time(-left))
}

/// On the method page: on how many rungs bills are right, and where they are not; `title` is a
/// case's, as a link.
pub fn accuracy(across: &Across, title: impl Fn(&str) -> Markup) -> Markdown {
    let mut section = Markdown::default();
    if across.machines.is_empty() {
        section.words(NO_RECORD);
    }
    for machine in &across.machines {
        section.block(&on(machine.record, &machine.cases, &title));
    }
    section
}

/// One record.
fn on(record: &Record, cases: &Summaries, title: &impl Fn(&str) -> Markup) -> Markup {
    let fits: Vec<(&str, Fit)> = cases
        .iter()
        .map(|(name, summary)| (*name, Fit::of(summary, record)))
        .filter(|(_, fit)| fit.rungs + fit.asking > 0)
        .collect();
    let all = fits.iter().fold(Fit::default(), |all, (_, fit)| all.and(fit));
    let columns = [
        Words("case"),
        Figures("rungs"),
        Figures("within a quarter"),
        Figures("within a half"),
        Figures("no bill"),
        Figures("ask the system"),
        Words("not within a quarter: the bill over the time"),
    ];
    let of = |n: usize| format::share(n as f64 / all.rungs.max(1) as f64);
    html! {
        p {
            "On " (record.machine.processor) ", " (all.rungs) " rungs: the bill is within "
            (format::share(QUARTER)) " of the time for " (all.quarter) ", "
            strong { (of(all.quarter)) } ", and within " (format::share(HALF)) " for " (all.half)
            ", " (of(all.half)) "."
            @if all.asking > 0 {
                " Of " (all.asking) " more, a tenth and more of the bill is system calls. What the \
                 system does behind these is not counted, so that their bills say what there is at \
                 least."
            }
        }
        details {
            summary { "Case by case" }
            (table(columns, fits.iter().map(|(name, fit)| case(title(name), fit))))
        }
    }
}

fn case(title: Markup, fit: &Fit) -> [Markup; 7] {
    [
        title,
        html! { (fit.rungs) },
        html! { (fit.quarter) },
        html! { (fit.half) },
        html! { @if fit.without > 0 { (fit.without) } },
        html! { @if fit.asking > 0 { (fit.asking) } },
        html! {
            @for (at, (rung, ratio)) in fit.missed.iter().enumerate() {
                @if at > 0 { ", " }
                code { (rung) } " " (format::ratio(*ratio))
            }
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::super::tests::committed;
    use super::*;
    use crate::html::tests::plain;
    use judge::summary::summaries;
    use record::CaseRecord;
    use record::fixture::record;

    /// The shared record on a machine that has prices: a cycle of a nanosecond, and a first level
    /// and a memory.
    fn priced() -> Record {
        let mut record = record();
        record.machine.latency = vec![(1e4, 5.0), (1e8, 100.0)];
        record.machine.copy = vec![(1e4, 8.0)];
        record
    }

    fn shown(change: impl FnOnce(&mut CaseRecord)) -> String {
        let mut record = priced();
        let case = record.cases.get_mut("words").unwrap();
        change(case);
        let summary = CaseSummary::new(case, &record.machine).unwrap();
        plain(&section(&summary, &record.machine).to_string())
    }

    #[test]
    fn a_bill_has_a_sentence_a_plot_and_a_table() {
        let text = shown(|_| ());
        for part in [
            "## What the time goes to",
            "this machine's own prices",
            "instructions | ",
            "unexplained | ",
            "measured | ",
            "Without a bill",
        ] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
        assert!(text.contains("does what its bill does not explain"), "{text}");
    }

    #[test]
    fn what_cannot_be_billed_says_why() {
        let none = shown(|case| {
            let evidence = case.evidence.as_mut().unwrap();
            evidence.simulated = record::Found::Unavailable("valgrind is not installed".into());
        });
        assert!(none.contains("No bill: valgrind is not installed."), "{none}");
        assert_eq!(shown(|case| case.evidence = None), "");
        let elsewhere = |calls: f64| {
            shown(|case| {
                case.scenarios[0].allocations.clear();
                let evidence = case.evidence.as_mut().unwrap();
                evidence.assembly = record::Found::Unavailable("no symbols".into());
                let record::Found::Here(counted) = &mut evidence.simulated else { unreachable!() };
                for counts in counted.rungs.iter_mut().flatten() {
                    (counts.instructions, counts.branches) = (1.0, 0.0);
                    (counts.mispredictions, counts.l1_misses) = (0.0, 0.0);
                    counts.system = Some(record::SystemCalls { calls, bytes: 0.0, threads: 0.0 });
                }
            })
        };
        assert!(elsewhere(1.0).contains("No bill: another process does the work."));
        assert!(!elsewhere(0.0).contains("another process does the work."), "it asks nobody");
        let record = record();
        let summary = CaseSummary::new(&record.cases["words"], &record.machine).unwrap();
        let unpriced = section(&summary, &record.machine).to_string();
        assert!(unpriced.contains("no prices of its machine"), "{unpriced}");
    }

    #[test]
    fn the_method_page_tells_how_often_bills_are_right() {
        let named = |name: &str| html! { (name) };
        assert!(accuracy(&Across::new(&[]), named).to_string().contains("no record"));
        let record = priced();
        let text = plain(&accuracy(&Across::new(&[&record]), named).to_string());
        let summary = CaseSummary::new(&record.cases["words"], &record.machine).unwrap();
        let fit = Fit::of(&summary, &record);
        let all = format!("2 rungs: the bill is within 25 % of the time for {}, ", fit.quarter);
        assert!(text.contains(&all), "{all} in {text}");
        let (rung, ratio) = &fit.missed[0];
        let (quarter, half, ratio) = (fit.quarter, fit.half, format::ratio(*ratio));
        let case = format!("words | 2 | {quarter} | {half} |  |  | {rung} {ratio}");
        assert!(text.contains(&case), "{case} in {text}");
    }

    /// The share of the rungs whose bill is within a quarter, on each record that is committed:
    /// what is reached, and not less. A new record sets its own again. No bill has an item for
    /// lines that cores take from each other.
    const REACHED: [(&str, f64); 2] =
        [("amd-epyc-zen4-2-cores.json", 0.80), ("amd-epyc-zen5-2-cores.json", 0.80)];

    #[test]
    fn bills_of_committed_records_are_right_as_often_as_they_were() {
        for (path, record) in committed().1 {
            let fits = summaries(&record).into_values().map(|summary| Fit::of(&summary, &record));
            let all = fits.fold(Fit::default(), |all, fit| all.and(&fit));
            let (name, share) = (path.file_name().unwrap(), all.share());
            let least = REACHED.iter().find(|(known, _)| name == *known).map(|(_, least)| *least);
            assert!(
                least.is_some_and(|least| share >= least),
                "{name:?}: {share}, {:?}",
                all.missed
            );
        }
    }
}
