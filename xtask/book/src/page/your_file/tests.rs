//! The page, made from records whose figures are known.

use super::*;
use crate::across::Across;
use crate::page::tests::{case, workspace};
use record::fixture::record;

fn made(book_record: Option<&Record>, record: &Record) -> String {
    let workspace = workspace(vec![case("words"), case("sums")]);
    let across = Across::new(&Vec::from_iter(book_record));
    let book = Book { workspace: &workspace, across: &across, file_record: Some(record) };
    page(&book, record).to_string()
}

#[test]
fn the_page_says_what_it_was_made_from() {
    let mut record = record();
    let page = made(None, &record);
    assert!(
        page.contains(
            "<code>words.txt</code>: 100 B, of which the first 90 B were measured, 9 lines"
        )
    );
    let file = record.file.as_mut().unwrap();
    (file.measured, file.name) = (100, "<b>.txt".into());
    let page = made(None, &record);
    assert!(page.contains("<code>&lt;b&gt;.txt</code>: 100 B, 9 lines."), "{page}");
    record.file.as_mut().unwrap().lines = 0;
    assert!(made(None, &record).contains(": 100 B.</p>"));
}

#[test]
fn the_page_says_how_the_file_was_read() {
    let mut record = record();
    let page = made(None, &record);
    assert!(page.contains("How it was read: words of a text; 8 of 9 lines used."), "{page}");
    let description = record.cases.values_mut().find_map(|case| case.description.as_mut());
    let understood = description.unwrap().understood.as_mut().unwrap();
    understood.how = "columns `<b>`".to_owned();
    assert!(made(None, &record).contains("columns <code>&lt;b&gt;</code>; 8 of 9"));
}

#[test]
fn seeded_figures_stand_beside_those_of_the_file() {
    let record = record();
    let alone = made(None, &record);
    assert!(alone.contains("Seeded input was not measured yet"), "{alone}");
    let page = made(Some(&record), &record);
    assert!(
        page.contains("On your file: <strong>") && page.contains("On seeded input: "),
        "{page}"
    );
    assert!(
        page.contains("<a href=\"words.html\">chapter</a>") && !page.contains("another machine")
    );
    let mut other = record.clone();
    other.machine.processor = "Other".into();
    assert!(made(Some(&other), &record).contains("That was on another machine, Other."));
}

#[test]
fn refusals_and_failures_are_shown() {
    let page = made(None, &record());
    assert!(page.contains("<div class=\"failed\">interrupted</div>"));
    assert!(page.contains("sums</a>: <span>line 1: <code>a</code> is no number</span>"), "{page}");
}

#[test]
fn headings_are_linked_as_mdbook_names_them() {
    assert_eq!(slug("Zero-copy parsing"), "zero-copy-parsing");
    assert_eq!(slug("SIMD: statistics"), "simd-statistics");
}
