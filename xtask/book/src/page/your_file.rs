//! The page of a run on the user's own file, kept apart from everything measured on seeded input.

use crate::html::escape;
use std::fmt::Write as _;

use anyhow::Result;

use super::case::{figures, glance};
use super::{Book, provenance, why};
use cases::Case;
use judge::summary::{CaseSummary, Compared};
use judge::words::format;
use record::{CaseRecord, Record, UserFile};

/// The whole page.
///
/// # Errors
/// If a case's sources cannot be read.
pub fn page(book: &Book, record: &Record) -> Result<String> {
    let none = UserFile::default();
    let file = record.file.as_ref().unwrap_or(&none);
    let measured: Vec<Measured> =
        record.cases.iter().map(|(name, case)| Measured::new(book, record, name, case)).collect();
    let mut page = format!("# On your file\n\n{}", mark(file));
    page.push_str(&overview(&measured));
    page.push_str(&provenance(record));
    for case in &measured {
        page.push_str(&case.section(record)?);
    }
    page.push_str(&refused(book, file));
    Ok(page)
}

/// Says at the top what the figures were made from, so that nobody takes them for those of the
/// chapters.
fn mark(file: &UserFile) -> String {
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
    let name = escape(if file.name.is_empty() { "your file" } else { &file.name });
    format!(
        "<p class=\"on-your-file\">Made from <code>{name}</code>: {extent}.</p>\n\n\
         Does it pay on this data? The cases that can read the file were measured on growing parts \
         of it. These figures come from a run of their own and are in no other page of the book; \
         the chapters keep their seeded input. [What each case reads](your-data.md).\n\n"
    )
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
        let case = book.workspace.cases.iter().find(|known| known.name == name);
        Self {
            name,
            case,
            failure: on_file.failure.as_deref(),
            here: CaseSummary::new(on_file, &record.machine),
            seeded: Seeded::new(book, record, name),
        }
    }

    fn title(&self) -> &str {
        self.case.map_or(self.name, |case| &case.title)
    }

    fn against_naive(&self) -> Option<Compared> {
        self.here.as_ref()?.best()?.against_naive
    }

    fn section(&self, record: &Record) -> Result<String> {
        let mut text = format!("\n## {}\n\n", self.title());
        if let Some(failure) = self.failure {
            let _ = writeln!(text, "<div class=\"failed\">{}</div>\n", escape(failure));
        }
        let Some(here) = &self.here else { return Ok(text) };
        if let Some(case) = self.case {
            text.push_str(&glance(case, here));
        }
        text.push_str(&self.comparison());
        text.push_str(&figures(here, &record.machine));
        // One section of many on this page.
        text.push_str(&why::section(here).replacen("\n## ", "\n### ", 1));
        Ok(text)
    }

    /// What the file gave beside what the chapter has.
    fn comparison(&self) -> String {
        let link = format!("[chapter]({}.md)", self.name);
        let Some((seeded, here)) = self.seeded.as_ref().zip(self.against_naive()) else {
            return format!(
                "Seeded input was not measured yet. The technique is in its {link}.\n\n"
            );
        };
        let elsewhere = seeded
            .elsewhere
            .as_ref()
            .map(|processor| format!(" That was on another machine, {}.", escape(processor)));
        format!(
            "On your file: **{}**. On seeded input: {}, at {} ({link}).{}\n\n",
            format::verdict(here),
            format::verdict(seeded.against_naive),
            escape(&seeded.at),
            elsewhere.unwrap_or_default(),
        )
    }
}

impl Seeded {
    fn new(book: &Book, on_file: &Record, name: &str) -> Option<Self> {
        let summary = book.summary(name)?;
        let scenario = &summary.headline().record.scenario;
        let processor = &book.record()?.machine.processor;
        Some(Self {
            against_naive: summary.best()?.against_naive?,
            against_peer: summary.headline().against_peer,
            at: format!(
                "{} {}, {}",
                format::count(scenario.n),
                format::plural(summary.item(), scenario.n),
                scenario.input
            ),
            elsewhere: (*processor != on_file.machine.processor).then(|| processor.clone()),
        })
    }
}

/// All cases at a glance.
fn overview(measured: &[Measured]) -> String {
    let mut html = String::from(
        "<div class=\"table-wrapper\"><table class=\"evidence\"><thead><tr><th>technique</th><th>on your file</th>\
         <th>on seeded input</th><th>against the peer, on your file</th><th>on seeded input</th></tr></thead><tbody>",
    );
    let ratio = |compared: Option<Compared>| {
        compared.map_or("–".to_owned(), |compared| {
            let (verdict, class) =
                (format::verdict(compared), crate::html::class_of(compared.verdict));
            format!("<span class=\"{class}\">{verdict}</span>")
        })
    };
    for case in measured {
        let seeded = case.seeded.as_ref();
        let here = match case.failure {
            Some(_) => "<span class=\"slower\">failed</span>".to_owned(),
            None => ratio(case.against_naive()),
        };
        let _ = write!(
            html,
            "<tr><th><a href=\"#{}\">{}</a></th><td>{here}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            anchor(case.title()),
            escape(case.title()),
            ratio(seeded.map(|seeded| seeded.against_naive)),
            ratio(case.here.as_ref().and_then(|here| here.headline().against_peer)),
            ratio(seeded.and_then(|seeded| seeded.against_peer)),
        );
    }
    html + "</tbody></table></div>\n\n"
}

/// Where mdBook puts a heading: lower case, spaces as dashes, nothing else that is no letter.
fn anchor(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Cases that cannot read this file, and why.
fn refused(book: &Book, file: &UserFile) -> String {
    if file.refused.is_empty() {
        return String::new();
    }
    let mut text = String::from(
        "\n## What does not read this file\n\n\
         [What each case reads](your-data.md) says what it would have to look like.\n\n",
    );
    for (name, why) in &file.refused {
        let case = book.workspace.cases.iter().find(|known| known.name == *name);
        let title = case.map_or(name, |case| &case.title);
        let _ = writeln!(text, "- <a href=\"{name}.html\">{title}</a>: <span>{}</span>", said(why));
    }
    text
}

/// What a case said, with what it quotes as code.
fn said(why: &str) -> String {
    // Pairs of backquotes, as in Markdown, which must not see what stands between them.
    let parts = why.split('`').map(|part| {
        escape(part).replace('*', "&#42;").replace('_', "&#95;").replace('\\', "&#92;")
    });
    let marked = parts.enumerate().map(|(at, part)| match at % 2 {
        0 => part,
        _ => format!("<code>{part}</code>"),
    });
    marked.collect()
}

#[cfg(test)]
mod tests;
