//! The search index without what nobody searches: sources and tables of figures. mdBook indexes all
//! that a page shows, and these are most of it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

/// Sections that the program makes of sources and figures, by the ends of their addresses.
const FIGURES: [&str; 4] =
    ["#side-by-side", "#evidence", "#what-the-time-goes-to", "#why-it-is-faster"];

/// Takes these sections out of the index of a book that is there.
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

/// The script with a smaller index; `None` if there is none in it.
fn trimmed(script: &str) -> Option<String> {
    const OPEN: &str = "JSON.parse('";
    let (before, rest) = script.split_once(OPEN)?;
    let (json, after) = rest.rsplit_once("'))")?;
    // A string of JavaScript in single quotes has two marks that JSON does not know there.
    let json = json.replace("\\'", "'").replace("\\\\", "\\");
    let mut all: Value = serde_json::from_str(&json).ok()?;
    let urls = all.get("doc_urls")?.as_array()?;
    let is_figures = |url: &Value| {
        url.as_str().is_some_and(|url| FIGURES.iter().any(|section| url.ends_with(section)))
    };
    let gone: Vec<String> =
        (0..urls.len()).filter(|at| is_figures(&urls[*at])).map(|at| at.to_string()).collect();
    let index = all.get_mut("index")?;
    let store = index.get_mut("documentStore")?;
    for part in ["docs", "docInfo"] {
        let docs = store.get_mut(part)?.as_object_mut()?;
        gone.iter().for_each(|doc| drop(docs.remove(doc)));
    }
    let left = store.get("docs")?.as_object()?.len();
    *store.get_mut("length")? = left.into();
    for field in index.get_mut("index")?.as_object_mut()?.values_mut() {
        forget(field.get_mut("root")?.as_object_mut()?, &gone);
    }
    let json = serde_json::to_string(&all).ok()?.replace('\\', "\\\\").replace('\'', "\\'");
    Some(format!("{before}{OPEN}{json}')){after}"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_of_figures_are_found_no_more_and_others_are() {
        let script = r#"a(JSON.parse('{"doc_urls":["a.html#job","a.html#evidence"],"index":{"documentStore":{"docInfo":{"0":{},"1":{}},"docs":{"0":{"body":"it\'s \\"x\\""},"1":{}},"length":2},"index":{"body":{"root":{"df":0,"docs":{},"x":{"df":2,"docs":{"0":{"tf":1},"1":{"tf":1}}},"y":{"df":0,"docs":{},"z":{"df":1,"docs":{"1":{"tf":1}}}}}}}}}'));"#;
        let expected = r#"a(JSON.parse('{"doc_urls":["a.html#job","a.html#evidence"],"index":{"documentStore":{"docInfo":{"0":{}},"docs":{"0":{"body":"it\'s \\"x\\""}},"length":1},"index":{"body":{"root":{"df":0,"docs":{},"x":{"df":1,"docs":{"0":{"tf":1}}}}}}}}'));"#;
        assert_eq!(trimmed(script).unwrap(), expected);
        assert_eq!(trimmed("let a = 1;"), None);
    }
}
