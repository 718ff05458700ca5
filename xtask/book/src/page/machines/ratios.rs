//! Every case on every machine: a plot and a table of the last of our rungs against naive.

use maud::{Markup, html};

use protocol::Scenario;

use super::best;
use crate::across::{Across, Machine, find};
use crate::html::{Link, joined, judged, place, rungs};
use crate::markdown::Markdown;
use crate::page::{Book, link};
use crate::plot::groups::{Group, GroupRow, groups};
use cases::Case;
use judge::summary::Compared;
use judge::words::{ahead, format};

/// Plot and table: the last of our rungs against naive, a row for each machine.
pub fn section(book: &Book, across: &Across) -> Markdown {
    let mut rows: Vec<Row> =
        book.workspace.cases.iter().filter_map(|case| Row::new(across, case)).collect();
    // By the first machine's gain, as on the front page; what it did not measure comes last.
    rows.sort_by(|a, b| match (a.found[0], b.found[0]) {
        (Some(one), Some(other)) => one.by_gain(&other),
        (one, other) => other.is_some().cmp(&one.is_some()),
    });
    let plot = groups(
        "The last of our rungs against naive, on each machine",
        "times as fast as naive, logarithmic",
        &rows.iter().map(|row| row.group(across)).collect::<Vec<_>>(),
    );
    let mut section = Markdown::default();
    section.heading(2, "Every case on every machine");
    section.block(&html! {
        figure {
            (plot)
            figcaption {
                "The last of our rungs against naive, with 95 % intervals; right of the line is \
                 faster. The filled dot is the machine of the other pages."
            }
        }
        div.table-wrapper {
            table {
                thead {
                    tr {
                        th scope="col" { "technique" }
                        th scope="col" { "measured at" }
                        @for machine in &across.machines { th scope="col" { (machine.label) } }
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
            text: self.found[shape].map_or("not measured".to_owned(), format::verdict),
        };
        Group {
            title: self.case.title.clone(),
            link: Link::to(self.case),
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
                            (judged(*compared)) br;
                            span.small { (self.notes(machine)) }
                        }
                    } @else {
                        td.cannot-tell { "not measured" }
                    }
                }
            }
        }
    }

    /// From which size on it pays, and which rungs are the fastest of all.
    fn notes(&self, machine: &Machine) -> Markup {
        let Some(case) = machine.cases.get(&*self.case.name) else { return Markup::default() };
        let from = ahead::short(case).map(|text| html! { "ahead from: " (text) });
        let fastest = find(case, self.scenario).map(|scenario| {
            let fastest = scenario.fastest(1..case.rungs.len());
            html! { "fastest: " (rungs(case, &fastest)) }
        });
        joined(from.into_iter().chain(fastest), " · ")
    }
}
