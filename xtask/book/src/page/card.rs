//! The card: every case on one page that can be printed, and read in black and white.

use anyhow::Result;
use maud::{Markup, html};

use super::{Book, link, provenance};
use crate::across::Machine;
use crate::html::said;
use crate::markdown::Markdown;
use cases::Case;
use courses::subject::subject;
use judge::card::{Card, Figure, NOT_MEASURED, READ, Row, Subject, TITLES};

/// The table, with how it is read and where it was measured; without a record, what is known
/// without one.
///
/// # Errors
/// If a rung's source cannot be read.
pub fn section(book: &Book) -> Result<Markdown> {
    let mut section = Markdown::default();
    let Some(Machine { record, cases: figures, .. }) = book.across.machines.first() else {
        section.words("Nothing was measured yet: `cargo xtask bench-all` does it.");
        return Ok(section);
    };
    let cases = &book.workspace.cases;
    let subjects: Vec<Subject> = cases.iter().map(subject).collect::<Result<_>>()?;
    let card = Card::new(record, figures, &subjects);
    section.block(&html! {
        div.card {
            p.on-paper {
                strong { "What to do about what you see, measured on " (record.machine.processor) }
            }
            p { (READ) }
            div.table-wrapper {
                table {
                    thead { tr { @for title in TITLES { th scope="col" { (title) } } } }
                    tbody {
                        @for (row, case) in card.rows.iter().zip(cases) { (cells(row, case)) }
                    }
                }
            }
            (provenance(record, None))
        }
    });
    Ok(section)
}

fn cells(row: &Row, case: &Case) -> Markup {
    html! {
        tr {
            td { (said(row.symptom)) }
            td { (said(row.look_at)) }
            td {
                (link(Some(case), row.title))
                @if let Some(idea) = row.idea { ": " (said(idea)) }
            }
            td { (figure(row.gain.as_ref())) @if let Some(gain) = &row.gain { ", " (gain.at) } }
            td { (row.loses_when()) }
            td { (row.peer) ": " (figure(row.against_crate.as_ref())) }
        }
    }
}

fn figure(figure: Option<&Figure>) -> Markup {
    html! {
        @if let Some(figure) = figure { strong { (figure.says) } } @else { (NOT_MEASURED) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::across::Across;
    use crate::html::tests::plain;
    use crate::page::tests::House;
    use record::fixture::record;

    #[test]
    fn a_case_has_a_row_with_figures_as_far_as_there_are_any() {
        let (house, record) = (House::new(&["words", "arenas"]), record());
        let across = Across::new(&[&record]);
        let book = Book { workspace: &house.workspace, across: &across, file_record: None };
        let text = plain(&section(&book).unwrap().to_string());
        let row = "it is slow | a profile | words | 4.00× &#91;3.99, 4.01&#93; faster, 1,000 \
                   words, short, mixed | nowhere that was measured | memchr: not measured here | ";
        assert!(text.contains(row), "{text}");
        let none = "it is slow | a profile | arenas | not measured here |  | memchr: ";
        assert!(text.contains(none), "{text}");
        assert!(
            text.contains("Example, \"fast\" one") || text.contains("fast&quot; one"),
            "{text}"
        );
        let across = Across::new(&[]);
        let book = Book { workspace: &house.workspace, across: &across, file_record: None };
        assert!(section(&book).unwrap().to_string().contains("cargo xtask bench-all"));
    }
}
