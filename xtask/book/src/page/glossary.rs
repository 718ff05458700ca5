//! Leads a page's terms to the glossary: each where it is used first. Which words are terms is what
//! the glossary has headings for.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, TagEnd};

/// Terms that prose also uses as common words; the program links them where it means the term.
const COMMON: [&str; 5] = ["limit", "bill", "record", "ratio", "flip"];

/// The terms of a glossary: its headings.
pub fn terms(glossary: &str) -> Vec<String> {
    glossary.lines().filter_map(|line| line.strip_prefix("## ")).map(str::to_owned).collect()
}

/// A page whose prose links each term once, unless the page does so already.
pub fn linked(page: &str, terms: &[String]) -> String {
    let place = |term: &str| term.replace(' ', "-");
    let is_open = |term: &&String| {
        let there = format!("glossary.html#{}\"", place(term));
        !COMMON.contains(&term.as_str()) && !page.contains(&there)
    };
    let texts = texts(page);
    let first = |term: &String| {
        let found = texts.iter().find_map(|text| {
            let at = find(&page[text.clone()], term)?;
            Some(text.start + at.start..text.start + at.end)
        })?;
        Some((found, place(term)))
    };
    let mut found: Vec<(Range<usize>, String)> =
        terms.iter().filter(is_open).filter_map(first).collect();
    // From the end on, so that places before stay where they are. Of terms within each other the
    // longer one is linked.
    found.sort_by_key(|(at, _)| (std::cmp::Reverse(at.start), std::cmp::Reverse(at.end)));
    let mut page = page.to_owned();
    let mut free = usize::MAX;
    for (at, place) in found {
        if at.end <= free {
            free = at.start;
            let link = format!("[{}](glossary.md#{place})", &page[at.clone()]);
            page.replace_range(at, &link);
        }
    }
    page
}

/// Where a page has prose: no code, no heading, no link, no HTML.
fn texts(page: &str) -> Vec<Range<usize>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let mut within = 0;
    let mut texts = Vec::new();
    for (event, at) in Parser::new_ext(page, options).into_offset_iter() {
        match event {
            Event::Start(tag) if closed(&tag.to_end()) => within += 1,
            Event::End(tag) if closed(&tag) => within -= 1,
            Event::Text(_) if within == 0 => texts.push(at),
            _ => {}
        }
    }
    texts
}

/// Whether what is in there stays as it is.
fn closed(tag: &TagEnd) -> bool {
    use TagEnd::{CodeBlock, Heading, HtmlBlock, Image, Link, TableHead};
    matches!(tag, CodeBlock | Heading(_) | HtmlBlock | Image | Link | TableHead)
}

/// A term as a word of its own, in the singular or with an *s*.
fn find(text: &str, term: &str) -> Option<Range<usize>> {
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    text.match_indices(term).find_map(|(at, _)| {
        let end = at + term.len();
        let end = end + usize::from(text[end..].starts_with('s'));
        let apart = !text[..at].ends_with(is_letter) && !text[end..].starts_with(is_letter);
        apart.then_some(at..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(page: &str) -> String {
        linked(page, &terms("# G\n\n## rung\n\nx\n\n## noise floor\n\n## limit\n"))
    }

    #[test]
    fn a_term_is_linked_where_prose_uses_it_first() {
        assert_eq!(
            of("# A rung\n\n`rung` [rung](a.md) wrung, two rungs. A rung.\n\nThe noise floor.\n"),
            "# A rung\n\n`rung` [rung](a.md) wrung, two [rungs](glossary.md#rung). A rung.\n\n\
             The [noise floor](glossary.md#noise-floor).\n"
        );
    }

    #[test]
    fn common_words_html_and_what_is_linked_already_stay() {
        for page in [
            "A limit.\n",
            "<p>a rung</p>\n",
            "```text\nrung\n```\n",
            "<p><a href=\"glossary.html#rung\">rung</a></p>\n\nA rung.\n",
        ] {
            assert_eq!(of(page), page);
        }
    }
}
