//! The slides of a course: one file of HTML, made of its outline, of chapters and labs, and of a
//! record. Arrow keys turn them, and a second window has the notes; `docs/slides.js` does both.
//! Without a script all slides stand below each other, and so they do on paper.

mod case;
mod lab;
mod prose;

use anyhow::Result;
use maud::{Markup, html};

use crate::alone;
use crate::html::said;
use cases::Workspace;
use courses::catalog::Catalog;
use courses::outline::{Item, Outline, Session, Spoken};
use courses::subject::subject;
use judge::card::{Card, Subject};
use judge::summary::summaries;
use labs::Lab;
use record::Record;

use self::prose::paragraphs;

/// Styles, the book's first, so that plots look as they do there.
const STYLES: [&str; 3] = ["casebook.css", "alone.css", "slides.css"];

/// A slide.
#[derive(Default)]
struct Slide {
    title: String,
    body: Markup,
    /// What is shown when a key is pressed.
    later: Markup,
    /// For the speaker alone.
    notes: Markup,
}

/// The file.
///
/// # Errors
/// If a chapter, a lab or a source cannot be read.
pub fn html(workspace: &Workspace, outline: &Outline, record: &Record) -> Result<String> {
    let labs = Lab::find(workspace)?;
    let catalog = Catalog::new(&workspace.cases, &labs);
    let figures = summaries(record);
    let subjects: Vec<Subject> = workspace.cases.iter().map(subject).collect::<Result<_>>()?;
    let card = Card::new(record, &figures, &subjects);
    let mut slides = vec![first(outline, record)];
    for session in &outline.sessions {
        slides.push(opening(session, &catalog));
        for item in &session.items {
            match item {
                Item::Case(name) => {
                    let known = workspace.cases.iter().find(|case| case.name == *name);
                    let row = card.rows.iter().find(|row| row.case == name);
                    if let Some((case, row)) = known.zip(row) {
                        let summary = figures.get(name.as_str());
                        slides.extend(case::slides(case, row, summary, record)?);
                    }
                }
                Item::Lab(name) => slides.push(lab::slide(Lab::named(&labs, name)?)?),
                Item::Talk(spoken) => slides.push(spoken_of(spoken)),
                Item::Work(spoken) => slides.push(spoken_of(spoken)),
                Item::Break(minutes) => slides.push(Slide {
                    title: "Break".to_owned(),
                    body: html! { p { (minutes) " minutes" } },
                    ..Slide::default()
                }),
            }
        }
    }
    let title = format!("{}: slides", outline.title);
    alone::page(
        &workspace.root,
        &title,
        &all(&outline.title, &slides, record),
        &STYLES,
        Some("slides.js"),
    )
}

fn first(outline: &Outline, record: &Record) -> Slide {
    Slide {
        title: "What this course is".to_owned(),
        body: html! {
            p { (outline.about) }
            p.small {
                "Arrow keys turn the slides, Enter shows what is hidden, N opens the notes in a \
                 window of their own."
            }
            p.small {
                "Figures were measured on " (record.machine.processor) ", "
                (record.date()[..10]) "; brackets are 95 % intervals. On yours they are others."
            }
        },
        notes: html! { p { "What stands here is only in the window of notes." } },
        ..Slide::default()
    }
}

fn opening(session: &Session, catalog: &Catalog) -> Slide {
    let title = |item: &Item| match item {
        Item::Case(name) => format!("Chapter: {}", titled(item, name, catalog)),
        Item::Lab(name) => format!("Lab: {}", titled(item, name, catalog)),
        Item::Talk(spoken) | Item::Work(spoken) => spoken.what.clone(),
        Item::Break(_) => "Break".to_owned(),
    };
    Slide {
        title: session.title.clone(),
        body: html! {
            ol { @for item in &session.items { li { (title(item)) } } }
        },
        notes: html! {
            ul { @for item in &session.items {
                li { (item.minutes(catalog)) " min: " (title(item)) }
            } }
            p { (session.minutes(catalog)) " minutes of " (session.target) }
        },
        ..Slide::default()
    }
}

fn titled<'c>(item: &Item, name: &'c str, catalog: &'c Catalog) -> &'c str {
    item.entry(catalog).map_or(name, |entry| &entry.title)
}

fn spoken_of(spoken: &Spoken) -> Slide {
    Slide {
        title: spoken.what.clone(),
        body: html! { ul { @for point in &spoken.points { li { (said(point)) } } } },
        notes: html! {
            p { (spoken.minutes) " minutes" }
            (paragraphs(&spoken.notes))
        },
        ..Slide::default()
    }
}

fn all(title: &str, slides: &[Slide], record: &Record) -> Markup {
    html! {
        header { h1 { (title) } }
        main {
            @for (at, slide) in slides.iter().enumerate() {
                @let id = format!("slide-{}", at + 1);
                section.slide aria-labelledby=(id) {
                    h2 id=(id) { (slide.title) }
                    (slide.body)
                    @if !slide.later.0.is_empty() { div.later { (slide.later) } }
                    div.notes role="note" aria-label="Notes" { (slide.notes) }
                    p.foot { (record.machine.processor) " · " (at + 1) " of " (slides.len()) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
