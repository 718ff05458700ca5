//! From pages to a book: mdBook, through its library, so that nothing has to be installed.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;

use crate::across::Across;
use crate::copies;
use crate::page::Book;
use crate::search;
use cases::{Workspace, text};
use record::{Record, whole};

/// Makes the book, with the committed references of other processors beside the record; the path of
/// its first page.
///
/// # Errors
/// If the prose cannot be read, or mdBook fails.
pub fn render(workspace: &Workspace, record: Option<&Record>) -> Result<PathBuf> {
    let references =
        record.map(|_| Record::load_all(&workspace.committed_records())).unwrap_or_default();
    let mut records: Vec<&Record> = record.into_iter().collect();
    let differs = |other: &&Record| record.is_some_and(|own| !own.machine.is_alike(&other.machine));
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
    for file in ["casebook.css", "casebook.js"] {
        let text = text::read(&docs.join(file))?;
        fs::write(root.join(file), text).with_context(|| format!("cannot write {file}"))?;
    }
    let config = Config::from_disk(docs.join("book.toml")).context("cannot read docs/book.toml")?;
    whole::replace_folder(&workspace.book(), |folder| {
        let mut config = config;
        if let Some(address) = workspace.repository() {
            config.set("output.html.git-repository-url", address)?;
        }
        config.build.build_dir = folder.to_owned();
        let book = MDBook::load_with_config(&root, config)
            .context("mdBook cannot read the generated pages")?;
        book.build().context("mdBook cannot make the book")?;
        search::trim(folder)?;
        copies::write(folder, &root.join("src"), &workspace.cases, records.first().copied())
    })?;
    Ok(workspace.book().join("index.html"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::tests::House;

    /// What a reader finds, and whether anything else is there.
    fn found(house: &House) -> (String, Vec<String>) {
        let book = house.workspace.book();
        let index = fs::read_to_string(book.join("index.html")).unwrap();
        let entries = fs::read_dir(book.parent().unwrap()).unwrap();
        let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
        let mut names: Vec<String> =
            entries.map(|entry| name(entry).into_string().unwrap()).collect();
        names.sort();
        (index, names)
    }

    #[test]
    fn a_book_that_cannot_be_made_leaves_the_earlier_one_whole() {
        let house = House::new(&["words"]);
        let index = render_beside(&house.workspace, &[]).unwrap();
        assert!(index.exists());
        let earlier = found(&house);
        let names = ["book", "book.toml", "casebook.css", "casebook.js", "courses", "src"];
        assert_eq!(earlier.1, names);

        // mdBook finds out when it has begun to write.
        let config = house.workspace.root.join("docs/book.toml");
        let whole = fs::read_to_string(&config).unwrap();
        fs::write(&config, whole.replace("casebook.css", "missing.css")).unwrap();
        let error = render_beside(&house.workspace, &[]).unwrap_err();
        assert!(format!("{error:#}").contains("missing.css"), "{error:#}");
        assert_eq!(found(&house), earlier);
        fs::write(&config, whole).unwrap();

        let prose = house.workspace.root.join("docs/src/method.md");
        fs::remove_file(&prose).unwrap();
        let error = render_beside(&house.workspace, &[]).unwrap_err();
        assert!(format!("{error:#}").contains("method.md"), "{error:#}");
        assert_eq!(found(&house), earlier);

        fs::write(&prose, "# Method\n").unwrap();
        let front = house.workspace.root.join("docs/src/introduction.md");
        fs::write(front, "# Casebook\n\nAnother edition.\n").unwrap();
        render_beside(&house.workspace, &[]).unwrap();
        let (index, names) = found(&house);
        assert!(index.contains("Another edition.") && names == earlier.1);
    }
}
