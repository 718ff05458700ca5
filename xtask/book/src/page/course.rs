//! The course: how to begin, a page for each lab, outlines, ratios to guess. Tasks, minutes and
//! ratios are those of manifests, labs and the record.

mod lab;
mod outlines;
mod quiz;

use anyhow::Result;
use maud::{Markup, html};

use super::{Book, Pages};
use crate::html::{Column, Link, lab_page, table};
use crate::markdown::Markdown;
use cases::Case;
use courses::catalog::Catalog;
use courses::outline::Outline;
use labs::{Kind, Lab};

/// All pages of the part.
///
/// # Errors
/// If prose, a lab or an outline cannot be read.
pub fn part(book: &Book, pages: &mut Pages) -> Result<()> {
    let labs = Lab::find(book.workspace)?;
    let outlines = Outline::all(&book.workspace.root)?;
    let catalog = Catalog::new(&book.workspace.cases, &labs);
    pages.title("Course");
    let mut begin = book.prose("course.md")?;
    begin.fill("{{labs}}", || list(&labs));
    pages.add("- [How to begin]", "course.md", &begin);
    let mut guess = book.prose("guess.md")?;
    guess.fill("{{guess}}", || quiz::section(book));
    pages.add("- [Guess]", "guess.md", &guess);
    for lab in &labs {
        let entry = format!("- [Lab: {}]", lab.title);
        pages.add(&entry, &format!("{}.md", lab_page(&lab.name)), &lab::page(book, lab)?);
    }
    let mut page = book.prose("courses.md")?;
    page.fill("{{outlines}}", || outlines::section(&outlines, &catalog));
    pages.add("- [Outlines]", "courses.md", &page);
    Ok(())
}

/// Where a reader of a chapter can try it himself, if it has a lab.
pub fn try_it(case: &Case) -> Markup {
    html! {
        @if case.folder.join("lab/task.md").exists() {
            p.next {
                "Try it yourself: " a href=(Link::to_lab(&case.name)) { "the lab" }
                " has this job and grades what you make of it on your own machine."
            }
        }
    }
}

/// What there is to do, in the order in which it is best done.
fn list(labs: &[Lab]) -> Markdown {
    let columns = [
        Column::Words("lab"),
        Column::Words("part"),
        Column::Words("kind"),
        Column::Figures("minutes"),
    ];
    let row = |lab: &Lab| {
        [
            html! { a href=(Link::to_lab(&lab.name)) { (lab.title) } },
            html! { (lab.part) },
            html! { (kind(lab.kind)) },
            html! { (lab.minutes) },
        ]
    };
    let mut list = Markdown::default();
    list.block(&table(columns, labs.iter().map(row)));
    list
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Rebuild => "rebuild",
        Kind::Diagnosis => "diagnosis",
    }
}

#[cfg(test)]
mod tests;
