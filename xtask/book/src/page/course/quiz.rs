//! Ratios to guess, each with a range. The answers are in the page: a script holds ranges against
//! them, and without one they can be unfolded.

use maud::{Markup, html};

use crate::html::{Column, Link, judged, said, table};
use crate::markdown::Markdown;
use crate::page::{Book, link, provenance};
use cases::rungs;
use courses::quiz::{AIM, Ratio, ratios, usual};
use judge::words::format;

/// The questions, and the answers below them.
pub fn section(book: &Book) -> Markdown {
    let mut section = Markdown::default();
    let own = book.across.machines.first();
    let ratios = own.map_or_else(Vec::new, |own| ratios(&own.cases));
    let Some(record) = book.record().filter(|_| !ratios.is_empty()) else {
        section.words("Nothing was measured yet: `cargo xtask bench-all` does it.");
        return section;
    };
    section.block(&html! {
        p { "Measured on " strong { (record.machine.processor) } "." }
        (form(book, &ratios))
        (answers(book, &ratios))
        (provenance(record, None))
    });
    section
}

fn form(book: &Book, ratios: &[Ratio]) -> Markup {
    let [least, most] = usual(ratios.len());
    html! {
        form.quiz data-aim=(AIM) data-least=(least) data-most=(most) {
            ol {
                @for (at, ratio) in ratios.iter().enumerate() {
                    li { (question(book, at + 1, ratio)) }
                }
            }
            p hidden { button type="submit" { "Hold them against the record" } }
            p role="status" {}
        }
    }
}

fn question(book: &Book, number: usize, ratio: &Ratio) -> Markup {
    let case = book.case(ratio.case);
    let idea = case.and_then(|case| rungs::ideas(case).ok()?.remove(ratio.rung));
    let idea = idea.filter(|idea| !idea.is_empty());
    html! {
        fieldset data-ratio=(ratio.found.ratio.mid)
            data-says=(format::with_interval(ratio.found.ratio)) {
            legend {
                (number) ". " (link(case, ratio.case)) ": how many times as fast as naive is "
                code { (ratio.rung) } " at " (ratio.at) "?"
                @if let Some(idea) = idea { " " span.small { (said(&idea)) } }
            }
            span hidden {
                label { "from " input type="number" name="low" min="0" step="any"; }
                " "
                label { "to " input type="number" name="high" min="0" step="any"; }
                " "
            }
            output {}
        }
    }
}

fn answers(book: &Book, ratios: &[Ratio]) -> Markup {
    let columns = [Column::Figures(""), Column::Words("case"), Column::Figures("against naive")];
    let row = |(at, ratio): (usize, &Ratio)| {
        let case = book.case(ratio.case);
        let title = html! {
            @if let Some(case) = case { a href=(Link::to(case)) { (case.title) } }
            @else { (ratio.case) }
            ": " code { (ratio.rung) }
        };
        [html! { (at + 1) }, title, judged(ratio.found)]
    };
    html! {
        details {
            summary { "The answers" }
            (table(columns, ratios.iter().enumerate().map(row)))
        }
    }
}
