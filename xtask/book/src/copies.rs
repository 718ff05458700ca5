//! A copy of every page in plain Markdown, beside the HTML, and `llms.txt`, which lists them: so
//! that a program that reads text is given what was measured. mdBook never sees them, and so
//! neither does the search index.

mod block;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use pulldown_cmark::{Event, Parser, Tag};

use crate::places::{options, paragraph, places};
use cases::rungs::sentence;
use cases::{Case, text};
use judge::words::{format, marks};
use record::Record;

/// How the name of a page's copy ends: that of its HTML comes before it, as the proposal for
/// `llms.txt` has it.
const COPY: &str = ".html.md";
const CONTENTS: &str = "SUMMARY.md";
/// Longer than any page's first sentence may be in a list.
const LONGEST: usize = 240;

/// Writes them into the finished book: copies of the pages that mdBook made it of.
///
/// # Errors
/// If these cannot be read, or the folder cannot be written to.
pub fn write(book: &Path, pages: &Path, cases: &[Case], record: Option<&Record>) -> Result<()> {
    let contents = Contents::read(pages)?;
    let mut list = head(record);
    for entry in &contents.entries {
        match entry {
            Entry::Part(part) => {
                let _ = write!(list, "\n## {part}\n\n");
            }
            Entry::Page(name) => {
                let copy = contents.copy(name, record);
                let file = format!("{name}{COPY}");
                put(book, &file, &copy)?;
                let (title, says) = about(&contents.pages[name], &copy);
                // Who looks for a chapter knows what hurts, and not yet how it begins.
                let case = cases.iter().find(|case| case.name == *name);
                let says = case.map_or(says, |case| format!("for {}", case.symptom));
                let size = format::count(copy.len());
                let _ = writeln!(list, "- [{title}]({file}): {says} ({size} bytes)");
            }
        }
    }
    put(book, "llms.txt", &list)
}

fn put(book: &Path, name: &str, text: &str) -> Result<()> {
    fs::write(book.join(name), text).with_context(|| format!("cannot write {name} of the book"))
}

/// A line of mdBook's table of contents.
enum Entry {
    /// The title of a part.
    Part(String),
    /// The name of a page, without an ending.
    Page(String),
}

/// All pages, and their order.
struct Contents {
    entries: Vec<Entry>,
    pages: BTreeMap<String, String>,
    /// The places that a copy has: its headings.
    places: BTreeMap<String, BTreeSet<String>>,
}

impl Contents {
    fn read(folder: &Path) -> Result<Self> {
        let contents = text::read(&folder.join(CONTENTS))?;
        let entry = |line: &str| match line.strip_prefix("# ") {
            Some("Summary") => Some(Entry::Part("Where to begin".to_owned())),
            Some(part) => Some(Entry::Part(part.to_owned())),
            None => {
                let name = line.rsplit_once('(')?.1.strip_suffix(".md)")?;
                Some(Entry::Page(name.to_owned()))
            }
        };
        let entries: Vec<Entry> = contents.lines().filter_map(entry).collect();
        let mut pages = BTreeMap::new();
        for entry in &entries {
            if let Entry::Page(name) = entry {
                pages.insert(name.clone(), text::read(&folder.join(format!("{name}.md")))?);
            }
        }
        let places = pages.iter().map(|(name, page)| (name.clone(), places(page))).collect();
        Ok(Self { entries, pages, places })
    }

    /// A page in plain Markdown, whose links lead to copies.
    fn copy(&self, name: &str, record: Option<&Record>) -> String {
        let page = &self.pages[name];
        let link = |to: &str| self.link(name, to);
        let mut changes = Vec::new();
        for (event, at) in Parser::new_ext(page, options()).into_offset_iter() {
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    let block = block::markdown(&page[at.clone()], &link);
                    changes.push((at, format!("{block}\n")));
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let to = link(&dest_url).unwrap_or_else(|| format!("{name}{COPY}"));
                    let text = &page[at.clone()];
                    if let Some(place) = text.rfind(&*dest_url) {
                        let at = at.start + place..at.start + place + dest_url.len();
                        changes.push((at, to));
                    }
                }
                _ => {}
            }
        }
        let mut copy = page.clone();
        for (at, new) in changes.into_iter().rev() {
            copy.replace_range(at, &new);
        }
        let lines = copy.trim_end();
        let made = record.map_or_else(String::new, |record| {
            format!(" Figures, where nothing else is said, were measured on {}.", machine(record))
        });
        format!("{lines}\n\n---\n\nA copy of {name}.html.{made}\n")
    }

    /// Where a link of a page leads in its copy; `None` where that has no such place.
    fn link(&self, from: &str, to: &str) -> Option<String> {
        let (file, place) = to.split_once('#').unwrap_or((to, ""));
        let name = match file {
            "" => from,
            file => file.strip_suffix(".html").or_else(|| file.strip_suffix(".md")).unwrap_or(file),
        };
        let Some(places) = self.places.get(name) else { return Some(to.to_owned()) };
        let place = if places.contains(place) { format!("#{place}") } else { String::new() };
        match (file, &*place) {
            ("", "") => None,
            ("", place) => Some(place.to_owned()),
            (_, place) => Some(format!("{name}{COPY}{place}")),
        }
    }
}

/// What stands above the list.
fn head(record: Option<&Record>) -> String {
    let figures = match record {
        Some(record) => format!(
            "All figures were measured, on {}; ratios stand with their 95 % intervals. On another \
             machine they are others.",
            machine(record)
        ),
        None => "Nothing was measured yet, so there are no figures.".to_owned(),
    };
    format!(
        "# Casebook\n\n> Rust optimization case studies: naive code beside optimized code that \
         computes the same, both measured. {figures}\n\nEach page of the book is here in Markdown, \
         with its sources and tables and without its plots. The shortest way in is \
         [the card](card{COPY}): what each technique gained, and where it loses.\n"
    )
}

/// "Example processor, 2 cores, rustc 1.95.0, run of 2026-01-01".
fn machine(record: &Record) -> String {
    let cores = record.machine.cores;
    let rustc = record.toolchain.rustc.split(" (").next().unwrap_or_default();
    let said = format!(
        "{}, {cores} {}, {rustc}, {} run of {}",
        record.machine.processor,
        format::plural("core", cores),
        record.effort,
        &record.date()[..10]
    );
    marks::text(&said)
}

/// The title of a page, and what it is about: the first sentence of its prose, or else of its copy.
fn about(page: &str, copy: &str) -> (String, String) {
    let title = page.lines().next().unwrap_or_default().trim_start_matches("# ").to_owned();
    let first = paragraph(page).or_else(|| paragraph(copy)).unwrap_or_default();
    let mut says = sentence(&first).to_owned();
    if says.chars().count() > LONGEST {
        says = says.chars().take(LONGEST).collect::<String>() + " …";
    }
    (title, marks::text(&says))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links;
    use crate::page::tests::House;
    use crate::render::render_beside;
    use record::fixture;

    /// The shared record, as of a day that is known.
    fn record() -> Record {
        Record { started: 0, ..fixture::record() }
    }

    /// The text files of a finished book, by name.
    fn made(house: &House, records: &[&Record]) -> BTreeMap<String, String> {
        render_beside(&house.workspace, records).unwrap();
        let entries = fs::read_dir(house.workspace.book()).unwrap().map(Result::unwrap);
        let name = |entry: &fs::DirEntry| entry.file_name().into_string().unwrap();
        let is_text = |entry: &fs::DirEntry| {
            let name = name(entry);
            name.ends_with(COPY) || name == "llms.txt"
        };
        let text = |entry: fs::DirEntry| (name(&entry), fs::read_to_string(entry.path()).unwrap());
        entries.filter(is_text).map(text).collect()
    }

    fn house() -> House {
        let house = House::new(&["words", "bitsets"]);
        let write = |name: &str, text: &str| {
            fs::write(house.workspace.root.join(name), text).unwrap();
        };
        write(
            "words/README.md",
            "# words\n\nCounts them. Twice: see [it](bitsets.md#traps).\n\n## The job\n\n\
             [Method](method.md#counts), [this](#the-job), [away](https://x.org/a.html).\n",
        );
        write("bitsets/README.md", "# bitsets\n\nlede\n\n## Traps\n\nnone\n");
        write("docs/src/card.md", "# The card\n\nAll of it.\n\n{{card}}\n");
        house
    }

    #[test]
    fn every_page_has_a_copy_and_a_line_with_its_size() {
        let house = house();
        let texts = made(&house, &[&record()]);
        let list = &texts["llms.txt"];
        assert!(list.starts_with("# Casebook\n\n> "), "{list}");
        assert!(list.contains("on Example, \"fast\" one, 2 cores, rustc 1.95.0"), "{list}");
        for (name, copy) in texts.iter().filter(|(name, _)| *name != "llms.txt") {
            assert!(house.workspace.book().join(name.strip_suffix(".md").unwrap()).exists());
            let entry = format!("]({name}): ");
            let size = format!("({} bytes)", format::count(copy.len()));
            let line = list.lines().find(|line| line.starts_with("- ") && line.contains(&entry));
            assert!(line.is_some_and(|line| line.ends_with(&size)), "{name} in {list}");
            assert!(copy.ends_with("run of 1970-01-01.\n"), "no machine: {copy}");
        }
        assert!(list.contains("\n## Memory\n\n- [Memory](part-memory.html.md): "), "{list}");
        assert!(list.contains("\n- [words](words.html.md): for it is slow ("), "{list}");
        assert_eq!(texts.len(), 1 + 18, "{:?}", texts.keys());
    }

    #[test]
    fn a_copy_has_the_prose_the_figures_and_the_sources_and_no_page_of_html() {
        let copy = &made(&house(), &[&record()])["words.html.md"];
        for part in [
            "# words\n\n",
            "Counts them. Twice: see [it](bitsets.html.md#traps).",
            "[Method](method.html.md#counts), [this](#the-job), [away](https://x.org/a.html).",
            "**4.00× faster** [3.99×, 4.01×] than naive at 1,000 words, short, mixed",
            "| 3 | `optimized` (fastest of ours) |",
            "| 4.00× [3.99, 4.01] faster |",
            "| 25 % | 1.23× [1.23, 1.24] faster | 1.33× |",
            "- ✓ held `optimized` is faster than naive at 1,000 words, short, mixed: 4.00× [3.99, \
             4.01]",
            "```rust\nfn optimized() {}\n```",
            "[the record](record.json)",
        ] {
            assert!(copy.contains(part), "{part} in\n{copy}");
        }
        for gone in ["<", "Link to", "svg", "logarithmic"] {
            assert!(!copy.contains(gone), "{gone} in\n{copy}");
        }
    }

    #[test]
    fn links_of_copies_lead_to_copies_and_are_checked() {
        let house = house();
        let texts = made(&house, &[&record()]);
        let mut seen = 0;
        for (name, copy) in &texts {
            for to in crate::places::links(copy).iter().filter(|to| !to.contains("://")) {
                let file = to.split('#').next().unwrap();
                let copied = file.is_empty() || file.ends_with(COPY);
                assert!(copied || ["record.json", "llms.txt"].contains(&file), "{name}: {to}");
                seen += 1;
            }
        }
        assert!(seen > 15, "{seen}");
        let book = house.workspace.book();
        assert_eq!(links::broken(&book).unwrap(), Vec::<String>::new());
        let broken = "# words\n\n[a](bitsets.html.md#gone) [b](gone.html.md) [c](#words)\n";
        fs::write(book.join("words.html.md"), broken).unwrap();
        let found = links::broken(&book).unwrap();
        assert!(
            found.contains(&"words.html.md: bitsets.html.md#gone".to_owned())
                && found.contains(&"words.html.md: gone.html.md".to_owned())
                && !found.contains(&"words.html.md: #words".to_owned()),
            "{found:?}"
        );
    }

    #[test]
    fn without_figures_that_is_said_and_no_search_finds_a_copy() {
        let house = house();
        let texts = made(&house, &[]);
        assert!(texts["llms.txt"].contains("> Rust") && texts["llms.txt"].contains("no figures."));
        assert!(texts["words.html.md"].ends_with("A copy of words.html.\n"));
        for entry in fs::read_dir(house.workspace.book()).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            if name.starts_with("searchindex") {
                let index = fs::read_to_string(entry.path()).unwrap();
                assert!(!index.contains(COPY) && !index.contains("llms.txt"), "{name}");
                assert!(index.contains("words.html#the-job"), "{name}");
            }
        }
    }
}
