//! Checks every link within the built book: files exist, and so do the places in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};
use scraper::{Html, Selector};

/// Links and anchors of one page.
struct Page {
    links: Vec<String>,
    ids: BTreeSet<String>,
}

/// Every broken link, as "page: link".
///
/// # Errors
/// If the book cannot be read.
pub fn broken(book: &Path) -> Result<Vec<String>> {
    let mut pages = BTreeMap::new();
    for entry in
        fs::read_dir(book).with_context(|| format!("there is no book at {}", book.display()))?
    {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "html") {
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            pages.insert(path, Page::new(&text));
        }
    }
    let mut broken = Vec::new();
    for (path, page) in &pages {
        let is_broken = |link: &&String| !resolves(path, link, &pages);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        broken.extend(page.links.iter().filter(is_broken).map(|link| format!("{name}: {link}")));
    }
    Ok(broken)
}

impl Page {
    fn new(text: &str) -> Self {
        let html = Html::parse_document(text);
        let all = |selector: &str, attribute: &str| -> Vec<String> {
            let selector = Selector::parse(selector).expect("the selector is a constant");
            html.select(&selector)
                .filter_map(|element| element.attr(attribute))
                .map(str::to_owned)
                .collect()
        };
        let mut links = all("[href]", "href");
        links.extend(all("[src]", "src"));
        Self { links, ids: all("[id]", "id").into_iter().collect() }
    }
}

fn resolves(from: &Path, link: &str, pages: &BTreeMap<PathBuf, Page>) -> bool {
    if link.contains("://")
        || ["mailto:", "data:", "javascript:"].iter().any(|scheme| link.starts_with(scheme))
    {
        return true;
    }
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = if file.is_empty() { from.to_owned() } else { tidy(&from.with_file_name(file)) };
    match pages.get(&target) {
        Some(page) => anchor.is_empty() || page.ids.contains(anchor),
        None => target.exists(),
    }
}

fn tidy(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_files_and_places_are_found() {
        let book = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(book.path().join(name), text).unwrap();
        write(
            "a.html",
            r##"<a href="b.html#there">x</a><a href="./b.html">x</a><a href="https://x.org/">x</a><a id="top" href="#top">x</a>"##,
        );
        write(
            "b.html",
            r##"<p id="there"><a href="a.html#gone">x</a><img src="no.png"><a href="c.html">x</a><svg><a href="d.html"/></svg>"##,
        );
        assert_eq!(
            broken(book.path()).unwrap(),
            ["b.html: a.html#gone", "b.html: c.html", "b.html: d.html", "b.html: no.png"]
        );
    }

    #[test]
    fn no_book_is_an_error() {
        assert!(broken(Path::new("/nowhere")).unwrap_err().to_string().contains("/nowhere"));
    }
}
