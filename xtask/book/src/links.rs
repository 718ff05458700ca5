//! Checks every link within the built book, its copies in Markdown included: files exist, and so do
//! the places in them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::places;

/// Links and anchors of one page.
#[derive(Default)]
struct Page {
    links: Vec<String>,
    /// What the page loads rather than leads to: pictures and scripts.
    sources: Vec<String>,
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
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let read: fn(&str) -> Page = match &*extension {
            "html" => Page::new,
            "md" | "txt" => Page::of_markdown,
            _ => continue,
        };
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        pages.insert(path, read(&text));
    }
    let mut broken = Vec::new();
    for (path, page) in &pages {
        let is_broken = |link: &&String| !resolves(path, link, &pages);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let all = page.links.iter().chain(&page.sources);
        broken.extend(all.filter(is_broken).map(|link| format!("{name}: {link}")));
    }
    Ok(broken)
}

impl Page {
    fn new(text: &str) -> Self {
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(text));
        let tokenizer = Tokenizer::new(Reader::default(), TokenizerOpts::default());
        let _ = tokenizer.feed(&input); // it would stop for a script that wants to run: none does
        tokenizer.end();
        tokenizer.sink.0.into_inner()
    }

    fn of_markdown(text: &str) -> Self {
        Self { links: places::links(text), sources: Vec::new(), ids: places::places(text) }
    }

    fn read(&mut self, tag: Tag) {
        for attribute in tag.attrs {
            let value = attribute.value.to_string();
            match &*attribute.name.local {
                "href" => self.links.push(value),
                "src" => self.sources.push(value),
                "id" => {
                    self.ids.insert(value);
                }
                _ => {}
            }
        }
    }
}

/// Reads a page's tags as the tokenizer meets them.
#[derive(Default)]
struct Reader(RefCell<Page>);

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
        let next = match (&*tag.name, tag.kind) {
            // What looks like a tag in there is none.
            ("script", TagKind::StartTag) => TokenSinkResult::RawData(RawKind::ScriptData),
            ("style", TagKind::StartTag) => TokenSinkResult::RawData(RawKind::Rawtext),
            _ => TokenSinkResult::Continue,
        };
        self.0.borrow_mut().read(tag);
        next
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
    fn what_a_script_or_a_text_shows_is_no_link() {
        let page = Page::new(
            r#"<script>a = '<a href="x">';</script><style>/* <b id="y"> */</style>
            <p title='<a href="z">'>&lt;a href="z"&gt;</p><a href="a?b&amp;c">c</a>"#,
        );
        assert_eq!((page.links, page.ids.len()), (vec!["a?b&c".to_owned()], 0));
    }

    #[test]
    fn no_book_is_an_error() {
        assert!(broken(Path::new("/nowhere")).unwrap_err().to_string().contains("/nowhere"));
    }
}
