//! From pages to a book: mdBook, through its library, so that nothing has to be installed.

use std::path::PathBuf;

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;

use crate::across::{Across, same_processor};
use crate::page::Book;
use cases::Workspace;
use record::Record;

/// Makes the book, with the committed references of other processors beside the record; the path of
/// its first page.
///
/// # Errors
/// If the prose cannot be read, or mdBook fails.
pub fn render(workspace: &Workspace, record: Option<&Record>) -> Result<PathBuf> {
    let references =
        record.map(|_| Record::load_all(&workspace.committed_records())).unwrap_or_default();
    let mut records: Vec<&Record> = record.into_iter().collect();
    let differs = |other: &&Record| record.is_some_and(|own| !same_processor(own, other));
    records.extend(references.iter().filter(differs));
    render_beside(workspace, &records)
}

/// Makes the book of the first record, with the others beside it.
///
/// # Errors
/// If the prose cannot be read, or mdBook fails.
pub fn render_beside(workspace: &Workspace, records: &[&Record]) -> Result<PathBuf> {
    let root = workspace.scratch().join("book");
    let file_record = workspace.file_record();
    let file_record = file_record.exists().then(|| Record::load(&file_record)).transpose()?;
    let across = Across::new(records);
    let book = Book { workspace, across: &across, file_record: file_record.as_ref() };
    book.write(&root.join("src"))?;

    let docs = workspace.root.join("docs");
    std::fs::copy(docs.join("casebook.css"), root.join("casebook.css"))
        .context("cannot read docs/casebook.css")?;
    let mut config =
        Config::from_disk(docs.join("book.toml")).context("cannot read docs/book.toml")?;
    config.build.build_dir = workspace.book();
    let book = MDBook::load_with_config(&root, config)
        .context("mdBook cannot read the generated pages")?;
    book.build().context("mdBook cannot make the book")?;
    Ok(workspace.book().join("index.html"))
}
