//! A lab's page: the task, without the solution and without what is asked after the guess.

use anyhow::{Context, Result};
use maud::{Markup, html};

use crate::html::{Link, listing};
use crate::markdown::{Markdown, Prose};
use crate::page::Book;
use cases::rungs::rung_modules;
use cases::text;
use judge::words::format;
use labs::{Kind, Lab};

/// Rungs that are no step on the way: where it begins, and what somebody else wrote.
const NO_STEPS: [&str; 2] = ["naive", "peer"];

/// The whole page.
///
/// # Errors
/// If the task or the case's table of rungs cannot be read.
pub fn page(book: &Book, lab: &Lab) -> Result<Markdown> {
    let task = lab.task().with_context(|| format!("the lab {} has no task", lab.name))?;
    // Its own heading is the title, which the page has already.
    let below = match task.strip_prefix("# ") {
        Some(rest) => rest.split_once('\n').map_or("", |(_, below)| below),
        None => &task,
    };
    let mut page = Markdown::default();
    page.heading(1, &format!("Lab: {}", lab.title));
    page.block(&html! {
        p.byline {
            (lab.part) " · " (super::kind(lab.kind)) " · " (lab.minutes) " min"
        }
    });
    page.prose(&Prose::of_repository(below));
    page.heading(2, "What is graded");
    page.block(&graded(lab)?);
    page.heading(2, "Commands");
    let commands = ["start", "watch", "check", "hint", "why", "reveal"];
    let lines: String =
        commands.iter().map(|it| format!("cargo xtask lab {it} {}\n", lab.name)).collect();
    page.block(&html! {
        (listing("sh", &lines))
        p {
            a href="course.html" { "How to begin" } " says what they do, and what the levels are."
            @if lab.kind == Kind::Rebuild && book.case(&lab.name).is_some() {
                " The solution is " a href=(Link::to_chapter(&lab.name)) { "the chapter" }
                ": after you have tried, not before."
            }
        }
    });
    Ok(page)
}

/// Where, and how far it is.
fn graded(lab: &Lab) -> Result<Markup> {
    let place = |place: &labs::Place| format!("“{}”, {}", place.input, format::count(place.n));
    let steps = match lab.kind {
        Kind::Rebuild => {
            let rungs = rung_modules(&text::read(&lab.source("lib"))?);
            rungs.iter().filter(|rung| !NO_STEPS.contains(&rung.as_str())).count()
        }
        Kind::Diagnosis => 0, // how many there are would say what they are
    };
    Ok(html! {
        ul {
            li { "Graded at " (place(&lab.headline)) "." }
            li { "Must agree, and is shown, at " (place(&lab.second)) "." }
            @if !lab.crates.is_empty() { li { "May use " (lab.crates.join(", ")) "." } }
            @if steps > 0 {
                li {
                    "Milestones: bronze, silver, gold. The book takes " (steps) " "
                    (format::plural("step", steps)) " of its own from naive on."
                }
            } @else {
                li {
                    "Milestones: the cause with its evidence, then bronze, silver, gold. Cause, \
                     guess and speed are told apart."
                }
            }
        }
    })
}
