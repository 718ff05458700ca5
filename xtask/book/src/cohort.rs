//! The page about a class: dots for shares and for guesses, each with its table. What it says is
//! the report's; nobody is named in it.

use std::path::Path;

use anyhow::Result;
use courses::cohort::{Cohort, FEWEST, Guesses, OfLab};
use maud::{Markup, html};

use crate::alone;
use crate::html::{Column, table};
use crate::plot::{Cloud, Scale, clouds};

/// Styles, the book's first, so that plots look as they do there.
const STYLES: [&str; 3] = ["casebook.css", "alone.css", "cohort.css"];
/// Where levels begin, as shares of the way from naive to the book's rung.
const LEVELS: [(f64, &str); 2] = [(0.5, "silver"), (0.9, "gold")];

/// The whole page.
///
/// # Errors
/// If the styles cannot be read.
pub fn html(root: &Path, cohort: &Cohort) -> Result<String> {
    let body = html! {
        main {
            h1 { "How the class went" }
            p {
                (cohort.people) " people. Nobody is named, no order is one of people, and of fewer \
                 than " (FEWEST) " nothing is said."
            }
            @if cohort.unreadable > 0 {
                p { (cohort.unreadable) " lines of their logs could not be read." }
            }
            (shares(&cohort.labs))
            (hints(&cohort.labs))
            (failures(&cohort.labs))
            (guesses(&cohort.labs))
            @if !cohort.too_few.is_empty() {
                p {
                    "Begun by fewer than " (FEWEST) ", and so not told: "
                    (cohort.too_few.join(", ")) "."
                }
            }
        }
    };
    alone::page(root, "How the class went", &body, &STYLES, None)
}

fn shares(labs: &[OfLab]) -> Markup {
    let columns = [Column::Words("lab"), Column::Figures("people"), Column::Words("at best")];
    let row =
        |lab: &OfLab| [html! { (lab.title) }, html! { (lab.people) }, html! { (lab.reached()) }];
    html! {
        h2 { "How far they came" }
        figure {
            (clouds(
                "Best shares of the way from naive to the book's rung",
                "share of the way from naive to the book's rung, as logarithms",
                Scale::Linear,
                &LEVELS,
                &labs.iter().map(graded).collect::<Vec<_>>(),
            ))
            figcaption { "A dot for each person who was graded, at the best share." }
        }
        (table(columns, labs.iter().map(row)))
    }
}

fn graded(lab: &OfLab) -> Cloud<'_> {
    let text = format!("{} graded", lab.shares.len());
    Cloud { label: &lab.title, values: &lab.shares, text }
}

fn hints(labs: &[OfLab]) -> Markup {
    let columns = [
        Column::Words("lab"),
        Column::Figures("no hint"),
        Column::Figures("one"),
        Column::Figures("two"),
        Column::Figures("all three"),
        Column::Figures("solution"),
    ];
    let row = |lab: &OfLab| {
        let [none, one, two, three] = lab.hints.map(|count| html! { (count) });
        [html! { (lab.title) }, none, one, two, three, html! { (lab.revealed) }]
    };
    html! {
        h2 { "Hints" }
        p {
            "How many people took so many, and had the solution shown. A lab that nearly all need \
             hints for is too hard, or its task unclear."
        }
        (table(columns, labs.iter().map(row)))
    }
}

fn failures(labs: &[OfLab]) -> Markup {
    html! {
        h2 { "Where attempts failed" }
        @for lab in labs {
            @if !lab.patterns.is_empty() || lab.other_patterns > 0 {
                h3 { (lab.title) }
                ul {
                    @for (pattern, people) in &lab.patterns {
                        li { (pattern) ": " (people) " people" }
                    }
                    @if let Some(others) = lab.others() {
                        li {
                            "in other ways, each met by fewer than " (FEWEST) ": " (others) " people"
                        }
                    }
                }
            }
        }
    }
}

fn guesses(labs: &[OfLab]) -> Markup {
    let guessed: Vec<(&OfLab, &Guesses)> =
        labs.iter().filter_map(|lab| Some((lab, lab.guesses.as_ref()?))).collect();
    let columns = [Column::Words("lab"), Column::Words("guesses")];
    let row =
        |(lab, guesses): &(&OfLab, &Guesses)| [html! { (lab.title) }, html! { (guesses.says()) }];
    html! {
        h2 { "Guesses against what was measured" }
        figure {
            (clouds(
                "Middles of the guessed ranges over what was measured",
                "guess over measurement, logarithmic",
                Scale::Decimal,
                &[(1.0, "as measured")],
                &guessed.iter().map(held).collect::<Vec<_>>(),
            ))
            figcaption {
                "A dot for the middle of each person's range, over what was measured on that \
                 person's machine: left of the line are guesses that were too low."
            }
        }
        (table(columns, guessed.iter().map(row)))
    }
}

fn held<'a>((lab, guesses): &(&'a OfLab, &'a Guesses)) -> Cloud<'a> {
    let text = format!("{} of {} held", guesses.held, guesses.middles.len());
    Cloud { label: &lab.title, values: &guesses.middles, text }
}
