//! The page of the last diagnosis of a reader's own program, kept apart from what the book has
//! measured.

use std::fs;

use diagnose::answer::{Advice, advice};
use diagnose::find::{Finding, Part};
use diagnose::saved::Diagnosis;
use maud::{Markup, html};

use super::{Book, failed, link, provenance};
use crate::across::Machine;
use crate::html::Column::{Figures, Words};
use crate::html::{joined, said, table};
use crate::markdown::Markdown;
use cases::Case;
use judge::words::format;

/// The page, if there was a diagnosis.
pub fn page(book: &Book) -> Option<Markdown> {
    let text = fs::read_to_string(book.workspace.diagnosis()).ok()?;
    let mut page = Markdown::default();
    page.heading(1, "Your program");
    match Diagnosis::read(&text) {
        Ok(diagnosis) => of(book, &diagnosis, &mut page),
        Err(error) => {
            let again = "`cargo xtask diagnose` makes another.";
            page.block(&failed(
                "The last diagnosis cannot be read.",
                &format!("{error:#}. {again}"),
            ));
        }
    }
    Some(page)
}

fn of(book: &Book, diagnosis: &Diagnosis, page: &mut Markdown) {
    page.block(&mark(diagnosis));
    page.words(
        "What a profile of your program makes likely, by the signs that each case names. Shares \
         are of that profile, gains are what the case gained in this book; whether yours gains as \
         much, only measuring it can say.",
    );
    for warning in &diagnosis.warnings {
        page.block(&failed("First:", &format!("{warning}.")));
    }
    if diagnosis.findings.is_empty() {
        page.words("No case fits.");
    }
    for finding in &diagnosis.findings {
        page.block(&case(book, diagnosis, finding));
    }
    for (case, what) in &diagnosis.asides {
        page.block(&html! { p { "Beside that: " (what) " (case " code { (case) } ")." } });
    }
    page.block(&html! {
        p { "Most was seen in" }
        (parts(&diagnosis.widest))
        @if let Some(Machine { record, .. }) = book.across.machines.first() {
            (provenance(record, None))
        }
    });
}

/// Says at the top of what this is, so that nobody takes it for a figure of the book's.
fn mark(diagnosis: &Diagnosis) -> Markup {
    html! {
        p.on-your-file {
            "Diagnosed on " (record::date(diagnosis.started)) ", on " (diagnosis.machine) ": "
            code { (diagnosis.program) } ", "
            (format::count(diagnosis.samples as usize)) " " (diagnosis.kind.plural())
            " (" (diagnosis.how) ")."
        }
    }
}

fn case(book: &Book, diagnosis: &Diagnosis, finding: &Finding) -> Markup {
    let known: Option<&Case> = book.case(&finding.case);
    let own = book.across.machines.first();
    let figures = own.map(|own| (own.record, &own.cases));
    let advice = known.map(|case| advice(finding, diagnosis.kind, diagnosis.size, case, figures));
    html! {
        div.diagnosed {
            p {
                @if finding.perhaps { "Perhaps also " }
                strong { (link(known, &finding.case)) } ": "
                (format::share(finding.share)) " "
                span.ci { "[" (format::share(finding.low)) ", " (format::share(finding.high)) "]" }
                " of the " (diagnosis.kind.plural()) "; "
                (joined(finding.what.iter().map(|what| said(what)), "; ")) "."
            }
            (parts(&finding.frames))
            @if !finding.callers.is_empty() { p { "Called from" } (parts(&finding.callers)) }
            @if !finding.overlaps.is_empty() {
                p {
                    @for other in &finding.overlaps {
                        (link(book.case(&other.name), &other.name)) " explains "
                        (format::share(other.share)) " of the same. "
                    }
                }
            }
            @if let Some(advice) = &advice { (worth(advice)) }
        }
    }
}

/// What it may be worth, and what speaks against it.
fn worth(advice: &Advice) -> Markup {
    html! {
        ul {
            @if let Some(gain) = &advice.gain { li { "There, the best rung is " (gain) "." } }
            @if let (Some(whole), Some(bound)) = (&advice.whole, &advice.bound) {
                li { "Your program: " (whole) " if it gains as much; " (bound)
                     " if that part cost nothing." }
            }
            @if let Some(against) = &advice.against { li { "Against it: " (against) "." } }
        }
    }
}

fn parts(parts: &[Part]) -> Markup {
    let row = |part: &Part| [html! { code { (part.name) } }, html! { (format::share(part.share)) }];
    table([Words("function"), Figures("share")], parts.iter().map(row))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{House, LIVE, pages};
    use super::*;
    use diagnose::Kind;
    use record::mutated::HOSTILE;

    /// A diagnosis every word of which is hostile.
    fn hostile(case: &str) -> Diagnosis {
        let part = || vec![Part { name: HOSTILE.into(), share: 0.5 }];
        let mut diagnosis = Diagnosis::new(HOSTILE.into(), 1, HOSTILE.into());
        diagnosis.how = HOSTILE.into();
        diagnosis.kind = Kind::Samples;
        diagnosis.samples = 1_000;
        diagnosis.warnings = vec![HOSTILE.into()];
        diagnosis.widest = part();
        diagnosis.findings = vec![Finding {
            case: case.into(),
            perhaps: false,
            what: vec![HOSTILE.into()],
            share: 0.5,
            low: 0.4,
            high: 0.6,
            own: 0.5,
            frames: part(),
            callers: part(),
            overlaps: part(),
        }];
        diagnosis
    }

    fn with(diagnosis: &str) -> Option<String> {
        let house = House::new(&["words"]);
        fs::create_dir_all(house.workspace.scratch()).unwrap();
        fs::write(house.workspace.diagnosis(), diagnosis).unwrap();
        let pages = pages(&house, &[record::fixture::record()], None).unwrap();
        pages.into_iter().find(|(name, _)| name == "diagnosis.md").map(|(_, page)| page)
    }

    #[test]
    fn the_names_of_a_program_are_text() {
        for case in ["words", HOSTILE] {
            let page = with(&hostile(case).json().unwrap()).unwrap();
            assert!(!LIVE.iter().any(|part| page.contains(part)), "{page}");
            assert!(page.contains("&lt;script&gt;"), "{page}");
        }
    }

    #[test]
    fn a_finding_is_shown_with_its_gain_and_a_broken_file_with_the_way_out() {
        let page = with(&hostile("words").json().unwrap()).unwrap();
        assert!(page.contains("Your program: ") && page.contains("Diagnosed on "), "{page}");
        assert!(page.contains("href=\"words.html\""), "{page}");
        let page = with("{}").unwrap();
        assert!(page.contains("cannot be read") && page.contains("cargo xtask diagnose"), "{page}");
    }
}
