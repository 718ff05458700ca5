//! Every case on every machine: a plot and a table of our best rung against naive.

use maud::{Markup, html};

use protocol::Scenario;

use super::best;
use crate::across::{Across, Machine, find};
use crate::html::{joined, place, ratio_with_interval};
use crate::markdown::Markdown;
use crate::page::{Book, link};
use crate::plot::groups::{Group, GroupRow, groups};
use cases::Case;
use judge::stats::Interval;
use judge::summary::{CaseSummary, Compared};
use judge::words::format;

/// Plot and table: our best rung against naive, a row for each machine.
pub fn section(book: &Book, across: &Across) -> Markdown {
    let mut rows: Vec<Row> =
        book.workspace.cases.iter().filter_map(|case| Row::new(across, case)).collect();
    // By the first machine's gain, as on the front page; what it did not measure comes last.
    let gain = |row: &Row| row.found[0].map_or(0.0, |compared| compared.ratio.mid);
    rows.sort_by(|a, b| gain(b).total_cmp(&gain(a)));
    let plot = groups(
        "Our best rung against naive, on each machine",
        "times as fast as naive, logarithmic",
        &rows.iter().map(|row| row.group(across)).collect::<Vec<_>>(),
    );
    let mut section = Markdown::default();
    section.heading(2, "Every case on every machine");
    section.block(&html! {
        figure {
            (plot)
            figcaption {
                "Our best rung against naive, with 95 % intervals; right of the line is faster. \
                 The filled dot is the machine of the other pages."
            }
        }
        div.table-wrapper {
            table {
                thead {
                    tr {
                        th { "technique" }
                        th { "measured at" }
                        @for machine in &across.machines { th { (machine.label) } }
                    }
                }
                tbody { @for row in &rows { (row.cells(across)) } }
            }
        }
    });
    section
}

/// A case at the scenario at which it is shown.
struct Row<'c, 'a> {
    case: &'c Case,
    scenario: &'a Scenario,
    place: String,
    /// By machine.
    found: Vec<Option<Compared>>,
}

impl<'c, 'a> Row<'c, 'a> {
    fn new(across: &Across<'a>, case: &'c Case) -> Option<Self> {
        let scenario = across.shown(&case.name)?;
        let found = across.machines.iter().map(|machine| best(machine, &case.name, scenario));
        let first = across.machines.iter().find_map(|machine| machine.cases.get(&*case.name));
        Some(Self { case, scenario, place: place(first, scenario), found: found.collect() })
    }

    fn group(&self, across: &Across) -> Group {
        let row = |(shape, machine): (usize, &Machine)| GroupRow {
            label: machine.label.clone(),
            shape,
            ratio: self.found[shape].map(|compared| compared.ratio),
            text: self.found[shape].map_or("not measured".to_owned(), format::short_verdict),
        };
        Group {
            title: self.case.title.clone(),
            link: format!("{}.html", self.case.name),
            note: self.place.clone(),
            rows: across.machines.iter().enumerate().map(row).collect(),
        }
    }

    fn cells(&self, across: &Across) -> Markup {
        html! {
            tr {
                td { (link(Some(self.case), &self.case.name)) }
                td { (self.place) }
                @for (machine, found) in across.machines.iter().zip(&self.found) {
                    @if let Some(compared) = found {
                        td {
                            (ratio_with_interval(compared.ratio)) br;
                            span.small { (self.notes(machine)) }
                        }
                    } @else {
                        td.cannot-tell { "not measured" }
                    }
                }
            }
        }
    }

    /// From which size on it pays, and which rung is the fastest.
    fn notes(&self, machine: &Machine) -> Markup {
        let Some(case) = machine.cases.get(&*self.case.name) else { return Markup::default() };
        let from = case.break_even().map(|n| html! { "from " (format::about(n)) });
        let fastest = fastest(case, self.scenario).map(|rung| {
            html! { "fastest: " code { (rung) } }
        });
        joined(from.into_iter().chain(fastest), " · ")
    }
}

fn fastest<'a>(case: &CaseSummary<'a>, key: &Scenario) -> Option<&'a str> {
    let ratio = |rung: &Option<judge::summary::RungSummary>| -> Option<Interval> {
        Some(rung.as_ref()?.against_naive?.ratio)
    };
    let rungs = case.rungs.iter().zip(&find(case, key)?.rungs);
    let measured = rungs.filter_map(|(name, rung)| Some((*name, ratio(rung)?.mid)));
    Some(measured.max_by(|a, b| a.1.total_cmp(&b.1))?.0)
}
