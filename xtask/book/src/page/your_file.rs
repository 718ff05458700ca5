//! The page of a run on the user's own file, kept apart from everything measured on seeded input.

use maud::{Markup, html};

use super::case::{figures, glance};
use super::{Book, failed, link, provenance, why};
use crate::html::{Link, class_of, said, slug, titles};
use crate::markdown::Markdown;
use cases::Case;
use judge::summary::{CaseSummary, Compared};
use judge::words::{format, scenario};
use protocol::Understood;
use record::{CaseRecord, Record, UserFile};

/// The whole page.
pub fn page(book: &Book, record: &Record) -> Markdown {
    let none = UserFile::default();
    let file = record.file.as_ref().unwrap_or(&none);
    let measured: Vec<Measured> =
        record.cases.iter().map(|(name, case)| Measured::new(book, record, name, case)).collect();
    let mut page = Markdown::default();
    page.heading(1, "On your file");
    page.block(&mark(file));
    page.words(
        "Does it pay on this data? The cases that can read the file were measured on growing parts \
         of it. These figures come from a run of their own and are in no other page of the book; \
         the chapters keep their seeded input. [What each case reads](your-data.md).",
    );
    page.block(&html! { (overview(&measured)) (provenance(record, None)) });
    for case in &measured {
        page.append(&case.section(record));
    }
    page.append(&refused(book, file));
    page
}

/// Says at the top what the figures were made from, so that nobody takes them for those of the
/// chapters.
fn mark(file: &UserFile) -> Markup {
    let size = |bytes: u64| format::bytes(bytes as f64);
    let lines = format!(
        "{} {}",
        format::count(file.lines as usize),
        format::plural("line", file.lines as usize)
    );
    let extent = match (file.lines, file.measured < file.bytes) {
        (0, _) => size(file.bytes), // a record from before lines were counted
        (_, false) => format!("{}, {lines}", size(file.bytes)),
        (_, true) => format!(
            "{}, of which the first {} were measured, {lines}; a longer run measures more",
            size(file.bytes),
            size(file.measured)
        ),
    };
    let name = if file.name.is_empty() { "your file" } else { &file.name };
    html! { p.on-your-file { "Made from " code { (name) } ": " (extent) "." } }
}

/// A case on this file, beside what seeded input gave.
struct Measured<'a> {
    name: &'a str,
    case: Option<&'a Case>,
    failure: Option<&'a str>,
    here: Option<CaseSummary<'a>>,
    seeded: Option<Seeded>,
}

/// What the chapter has.
struct Seeded {
    against_naive: Compared,
    against_peer: Option<Compared>,
    /// "150,000 packages, three needs".
    at: String,
    /// The processor, if it was another one.
    elsewhere: Option<String>,
}

impl<'a> Measured<'a> {
    fn new(book: &Book<'a>, record: &'a Record, name: &'a str, on_file: &'a CaseRecord) -> Self {
        Self {
            name,
            case: book.case(name),
            failure: on_file.failure.as_deref(),
            here: CaseSummary::new(on_file, &record.machine),
            seeded: Seeded::new(book, record, name),
        }
    }

    fn title(&self) -> &str {
        self.case.map_or(self.name, |case| &case.title)
    }

    fn against_naive(&self) -> Option<Compared> {
        self.here.as_ref()?.best_rung()?.against_naive
    }

    fn section(&self, record: &Record) -> Markdown {
        let mut section = Markdown::default();
        section.heading(2, self.title());
        if let Some(why) = self.failure {
            section.block(&failed("", why));
        }
        let Some(here) = &self.here else { return section };
        section.block(&html! {
            @if let Some(case) = self.case { (glance(case, here)) }
            @if let Some(understood) = understood(here) {
                p { "How it was read: " (said(&understood.to_string())) "." }
            }
            (self.comparison())
            (figures(here, &record.machine, &format!("{}-", self.name)))
        });
        // One section of many on this page.
        section.append(&why::section(here, 3));
        section
    }

    /// What the file gave beside what the chapter has.
    fn comparison(&self) -> Markup {
        let chapter = self.case.map(|case| {
            html! { a href={ (case.name) ".html" } { "chapter" } }
        });
        let Some((seeded, here)) = self.seeded.as_ref().zip(self.against_naive()) else {
            return html! {
                p {
                    "Seeded input was not measured yet."
                    @if let Some(chapter) = chapter { " The technique is in its " (chapter) "." }
                }
            };
        };
        html! {
            p {
                "On your file: " strong { (format::verdict(here)) } ". On seeded input: "
                (format::verdict(seeded.against_naive)) ", at " (seeded.at)
                @if let Some(chapter) = chapter { " (" (chapter) ")" }
                "."
                @if let Some(processor) = &seeded.elsewhere {
                    " That was on another machine, " (processor) "."
                }
            }
        }
    }
}

impl Seeded {
    fn new(book: &Book, on_file: &Record, name: &str) -> Option<Self> {
        let summary = book.summary(name)?;
        let scenario = &summary.headline().record.scenario;
        let processor = &book.record()?.machine.processor;
        Some(Self {
            against_naive: summary.best_rung()?.against_naive?,
            against_peer: summary.best_against_peer(),
            at: scenario::long(summary, scenario),
            elsewhere: (*processor != on_file.machine.processor).then(|| processor.clone()),
        })
    }
}

/// How the case understood the file.
fn understood<'a>(here: &CaseSummary<'a>) -> Option<&'a Understood> {
    here.record.description.as_ref()?.understood.as_ref()
}

/// All cases at a glance.
fn overview(measured: &[Measured]) -> Markup {
    html! {
        div.table-wrapper {
            table.evidence {
                thead { (titles(&["technique", "on your file", "on seeded input", "against the peer, on your file", "on seeded input"])) }
                tbody { @for case in measured { (row(case)) } }
            }
        }
    }
}

fn row(case: &Measured) -> Markup {
    let seeded = case.seeded.as_ref();
    let peer = case.here.as_ref().and_then(CaseSummary::best_against_peer);
    html! {
        tr {
            th scope="row" { a href=(Link::here(&slug(case.title()))) { (case.title()) } }
            td {
                @if case.failure.is_some() {
                    span.slower { "failed" }
                } @else {
                    (verdict(case.against_naive()))
                }
            }
            td { (verdict(seeded.map(|seeded| seeded.against_naive))) }
            td { (verdict(peer)) }
            td { (verdict(seeded.and_then(|seeded| seeded.against_peer))) }
        }
    }
}

fn verdict(compared: Option<Compared>) -> Markup {
    let Some(compared) = compared else { return html! { "–" } };
    html! { span class=(class_of(compared.verdict)) { (format::verdict(compared)) } }
}

/// Cases that cannot read this file, and why.
fn refused(book: &Book, file: &UserFile) -> Markdown {
    let mut section = Markdown::default();
    if file.refused.is_empty() {
        return section;
    }
    section.heading(2, "What does not read this file");
    section.words("[What each case reads](your-data.md) says what it would have to look like.");
    section.block(&html! {
        ul {
            @for (name, why) in &file.refused {
                li { (link(book.case(name), name)) ": " span { (said(why)) } }
            }
        }
    });
    section
}

#[cfg(test)]
mod tests;
