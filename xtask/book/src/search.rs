//! The search index, so that it finds what is looked for: without sources and tables of figures,
//! which nobody searches and which are most of what a page shows; without headings that all
//! chapters have; and with the beginning of a chapter before other places in it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::html::lab_page;

/// Sections that the program makes of sources and figures, by their places.
const FIGURES: [&str; 5] =
    ["side-by-side", "evidence", "what-the-time-goes-to", "why-it-is-faster", "the-card"];

/// Sections that every chapter has: their headings tell none from another.
const OF_ALL: [&str; 8] = [
    "the-job",
    "the-naive-way",
    "why-it-is-slow",
    "the-idea",
    "when-it-does-not-pay",
    "traps",
    "in-production",
    "claims",
];

/// So many times a word counts at the beginning of a chapter, which says what it is about.
const BEGINNING: f64 = 4.0;

/// And so many in a lab: it has the words of a chapter, and is not what somebody who has its
/// problem looks for first.
const LAB: f64 = 0.25;

/// Does so in the index of a book that is there.
///
/// # Errors
/// If the index cannot be read as mdBook writes it, or not be written.
pub fn trim(book: &Path) -> Result<()> {
    let is_index = |path: &Path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("searchindex"))
    };
    for entry in fs::read_dir(book)? {
        let path = entry?.path();
        if is_index(&path) {
            let text = fs::read_to_string(&path)?;
            let trimmed = trimmed(&text)
                .with_context(|| format!("{} is not as mdBook writes it", path.display()))?;
            fs::write(&path, trimmed)?;
        }
    }
    Ok(())
}

/// The script with another index; `None` if there is none in it.
fn trimmed(script: &str) -> Option<String> {
    const OPEN: &str = "JSON.parse('";
    let (before, rest) = script.split_once(OPEN)?;
    let (json, after) = rest.rsplit_once("'))")?;
    // A string of JavaScript in single quotes has two marks that JSON does not know there.
    let json = json.replace("\\'", "'").replace("\\\\", "\\");
    let mut all: Value = serde_json::from_str(&json).ok()?;
    let Sections { figures, of_all, beginnings, labs } =
        Sections::of(all.get("doc_urls")?.as_array()?);
    let index = all.get_mut("index")?;
    let store = index.get_mut("documentStore")?;
    for part in ["docs", "docInfo"] {
        let docs = store.get_mut(part)?.as_object_mut()?;
        figures.iter().for_each(|doc| drop(docs.remove(doc)));
    }
    let left = store.get("docs")?.as_object()?.len();
    *store.get_mut("length")? = left.into();
    for (field, words) in index.get_mut("index")?.as_object_mut()? {
        let root = words.get_mut("root")?.as_object_mut()?;
        forget(root, &figures);
        weigh(root, &labs, LAB);
        if field == "body" {
            weigh(root, &beginnings, BEGINNING);
        } else {
            forget(root, &of_all);
        }
    }
    let json = serde_json::to_string(&all).ok()?.replace('\\', "\\\\").replace('\'', "\\'");
    Some(format!("{before}{OPEN}{json}')){after}"))
}

/// Sections of a book, by the names that they have in the index.
#[derive(Default)]
struct Sections {
    figures: Vec<String>,
    of_all: Vec<String>,
    beginnings: Vec<String>,
    labs: Vec<String>,
}

impl Sections {
    fn of<'u>(urls: &'u [Value]) -> Self {
        let mut sections = Self::default();
        let place = |url: &'u Value| url.as_str()?.split_once('#');
        let parts: Vec<(&str, &str)> =
            urls.iter().map(|url| place(url).unwrap_or_default()).collect();
        let is_lab = |page: &str| page.starts_with(&lab_page(""));
        let is_chapter = |page: &str| !is_lab(page) && parts.contains(&(page, OF_ALL[0]));
        let mut before = "";
        for (at, (page, place)) in parts.iter().enumerate() {
            if is_lab(page) {
                sections.labs.push(at.to_string());
            }
            if *page != before && is_chapter(page) {
                sections.beginnings.push(at.to_string());
            }
            if FIGURES.contains(place) {
                sections.figures.push(at.to_string());
            } else if OF_ALL.contains(place) {
                sections.of_all.push(at.to_string());
            }
            before = page;
        }
        sections
    }
}

/// Takes sections out of a node of words and all below it; whether anything is left of it.
fn forget(node: &mut Map<String, Value>, gone: &[String]) -> bool {
    if let Some(docs) = node.get_mut("docs").and_then(Value::as_object_mut) {
        gone.iter().for_each(|doc| drop(docs.remove(doc)));
        let left = docs.len();
        node.insert("df".to_owned(), left.into());
    }
    node.retain(|letter, below| match below.as_object_mut() {
        Some(below) if letter != "docs" => forget(below, gone),
        _ => true,
    });
    let words = node.get("docs").and_then(Value::as_object).is_some_and(|docs| !docs.is_empty());
    words || node.keys().any(|key| key != "docs" && key != "df")
}

/// Lets words of these sections count so many times at a node and all below it.
fn weigh(node: &mut Map<String, Value>, sections: &[String], by: f64) {
    for (letter, below) in node {
        let Some(below) = below.as_object_mut() else { continue };
        if letter != "docs" {
            weigh(below, sections, by);
            continue;
        }
        for doc in sections {
            let times = below.get_mut(doc).and_then(|found| found.get_mut("tf"));
            if let Some(times) = times {
                *times = times.as_f64().map_or(0.0, |times| times * by).into();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_common_headings_are_found_no_more_and_beginnings_count_more() {
        let script = |docs: &str, words: &str, left: u32| {
            format!(
                r#"a(JSON.parse('{{"doc_urls":["a.html#a","a.html#evidence","a.html#the-job"],"index":{{"documentStore":{{"docInfo":{{{docs}}},"docs":{{{docs}}},"length":{left}}},"index":{{{words}}}}}}}'));"#
            )
        };
        let before = script(
            r#""0":{"body":"it\'s \\"x\\""},"1":{},"2":{}"#,
            r#""body":{"root":{"df":0,"docs":{},"x":{"df":2,"docs":{"0":{"tf":1.0},"1":{"tf":1.0}}},"y":{"df":0,"docs":{},"z":{"df":1,"docs":{"1":{"tf":1.0}}}}}},"title":{"root":{"df":0,"docs":{},"t":{"df":1,"docs":{"2":{"tf":1.0}}}}}"#,
            3,
        );
        let after = script(
            r#""0":{"body":"it\'s \\"x\\""},"2":{}"#,
            r#""body":{"root":{"df":0,"docs":{},"x":{"df":1,"docs":{"0":{"tf":4.0}}}}},"title":{"root":{"df":0,"docs":{}}}"#,
            2,
        );
        assert_eq!(trimmed(&before).unwrap(), after);
        assert_eq!(trimmed("let a = 1;"), None);
    }
}
