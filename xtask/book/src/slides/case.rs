//! A chapter on slides: the job, the naive code, a bet and behind a key what was measured, what the
//! machine code says, where it loses, one trap. Words are the chapter's, figures the record's.

use anyhow::{Context, Result};
use cases::{Case, text};
use judge::card::Row;
use judge::summary::CaseSummary;
use judge::words::{format, scenario};
use maud::{Markup, html};
use record::{Assembly, Record};

use super::Slide;
use super::prose::{first, item, section};
use crate::html::{Column, listing, said, table};
use crate::page;

/// Places where it loses that are shown.
const LOSSES: usize = 4;

/// All slides of a case, of which a record may have nothing.
///
/// # Errors
/// If its chapter or its naive code cannot be read.
pub fn slides(
    case: &Case,
    row: &Row,
    summary: Option<&CaseSummary>,
    record: &Record,
) -> Result<Vec<Slide>> {
    let chapter = text::read(&case.folder.join("README.md"))
        .with_context(|| format!("{} has no chapter", case.name))?;
    let naive = text::read(&case.source("naive"))?;
    let mut slides = vec![job(case, &chapter), code(case, &chapter, &naive)];
    if let Some(summary) = summary {
        slides.push(bet(case, row, summary, record, &chapter));
        slides.extend(machine_code(case, summary));
    }
    slides.push(losses(case, row, &chapter));
    slides.push(Slide {
        title: format!("{}: a trap", case.title),
        body: item(section(&chapter, "Traps")),
        notes: html! {
            p { "The crate that a professional would pick: " (case.peer) }
            (first(section(&chapter, "In production"), 1))
        },
        ..Slide::default()
    });
    Ok(slides)
}

fn job(case: &Case, chapter: &str) -> Slide {
    Slide {
        title: format!("{}: the job", case.title),
        body: first(section(chapter, "The job"), 2),
        notes: html! {
            p { "Who needs it sees: " (said(&case.symptom)) ". Look at: " (said(&case.look)) "." }
            p { "Ask where in their own programs that is done." }
        },
        ..Slide::default()
    }
}

fn code(case: &Case, chapter: &str, naive: &str) -> Slide {
    Slide {
        title: format!("{}: what one writes first", case.title),
        body: listing("rust", naive),
        notes: html! {
            p { "Ask why it is slow before you say so:" }
            (first(section(chapter, "Why it is slow"), 3))
        },
        ..Slide::default()
    }
}

fn bet(case: &Case, row: &Row, summary: &CaseSummary, record: &Record, chapter: &str) -> Slide {
    let at = scenario::long(summary, &summary.headline().record.scenario);
    let place = format!("{}-", case.name);
    let machine = &record.machine;
    Slide {
        title: format!("{}: what would you bet?", case.title),
        body: html! {
            @if let Some(rung) = row.rung {
                p {
                    "How many times as fast as naive is " code { (rung) } " at " (at) "? "
                    "A range that holds four times in five. And what bounds naive?"
                }
            }
        },
        later: html! {
            @if let Some(gain) = &row.gain {
                p.verdict { strong { (gain.says) } " on " (machine.processor) }
            }
            @if let Some(plot) = page::plots(summary, machine, &place).first() { (plot) }
        },
        notes: html! {
            @if let Some(gain) = &row.gain { p { "Measured: " (gain.says) ", " (gain.at) } }
            @if let Some(idea) = row.idea { p { (said(idea)) } }
            (first(section(chapter, "The idea"), 2))
        },
    }
}

/// What the compiler made of each rung, if somebody looked.
fn machine_code(case: &Case, summary: &CaseSummary) -> Option<Slide> {
    let found = summary.record.evidence.as_ref()?.assembly.here()?;
    let rungs = summary.rungs.iter().zip(&found.rungs);
    let rungs: Vec<(&str, &Assembly)> =
        rungs.filter_map(|(rung, code)| Some((*rung, code.as_ref()?))).collect();
    let columns = [
        Column::Words("rung"),
        Column::Figures("instructions"),
        Column::Words("on packed vectors"),
        Column::Figures("calls"),
        Column::Figures("panics"),
    ];
    let row = |(rung, code): &(&str, &Assembly)| -> [Markup; 5] {
        [
            html! { code { (rung) } },
            html! { (format::count(code.instructions as usize)) },
            html! { (packed(code)) },
            html! { (code.calls) },
            html! { (code.panics) },
        ]
    };
    Some(Slide {
        title: format!("{}: what the machine runs", case.title),
        body: html! {
            p { "The hottest function of each rung, from the binary that was timed:" }
            (table(columns, rungs.iter().map(row)))
        },
        notes: html! {
            p { "The listings are on the chapter's page, under “Why it is faster”." }
            ul { @for (rung, code) in &rungs { li { code { (rung) } ": " (code.function) } } }
        },
        ..Slide::default()
    })
}

/// "12 of 256 bits, 3 of 128 bits".
fn packed(code: &Assembly) -> String {
    let of = |(bits, count): &(u32, u64)| format!("{count} of {bits} bits");
    let all: Vec<String> = code.packed.iter().rev().map(of).collect();
    if all.is_empty() { "none".to_owned() } else { all.join(", ") }
}

fn losses(case: &Case, row: &Row, chapter: &str) -> Slide {
    let limits = section(chapter, "When it does not pay");
    Slide {
        title: format!("{}: where it loses", case.title),
        body: html! {
            @if row.gain.is_some() && row.loses.is_empty() { p {
                    "The rung that stands for this chapter loses nowhere that was measured."
                } }
            ul {
                @for loss in row.loses.iter().take(LOSSES) {
                    li { (loss.at) ": " strong { (loss.says) } " over " (loss.over) }
                }
            }
            (first(limits, 1))
        },
        notes: html! {
            p { "Ask first: at which size, or on which data, would you not do this?" }
            (first(limits, 3))
        },
        ..Slide::default()
    }
}
