//! A page of Markdown as it is read: where its links lead, which places it has, and what it says
//! first.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::html::slug;

/// What mdBook reads beside plain Markdown.
pub fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES
}

/// What the first paragraph says.
pub fn paragraph(page: &str) -> Option<String> {
    let events = Parser::new_ext(page, options());
    let first = events.skip_while(|event| *event != Event::Start(Tag::Paragraph)).skip(1);
    let within = first.take_while(|event| *event != Event::End(TagEnd::Paragraph));
    let text: String = within.filter_map(said).collect();
    (!text.is_empty()).then_some(text)
}

fn said(event: Event) -> Option<String> {
    match event {
        Event::Text(text) | Event::Code(text) => Some(text.into_string()),
        Event::SoftBreak | Event::HardBreak => Some(" ".to_owned()),
        _ => None,
    }
}

/// Places that a page of Markdown has: its headings.
pub fn places(page: &str) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(page, options()) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => places.extend(heading.take().map(|text| slug(&text))),
            event => {
                if let Some((heading, text)) = heading.as_mut().zip(said(event)) {
                    heading.push_str(&text);
                }
            }
        }
    }
    places
}

/// Where the links of a page of Markdown lead.
pub fn links(page: &str) -> Vec<String> {
    let to = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url),
        _ => None,
    };
    Parser::new_ext(page, options()).filter_map(to).map(|to| to.into_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_places_and_the_first_paragraph_is_no_heading() {
        let page =
            "# A `b` c\n\none *two*\n`three`\n\n## D\n\n[x](y.md#z) ![p](q.png) `[no](no)`\n";
        assert_eq!(places(page), BTreeSet::from(["a-b-c".to_owned(), "d".to_owned()]));
        assert_eq!(links(page), ["y.md#z", "q.png"]);
        assert_eq!(paragraph(page).unwrap(), "one two three");
        assert_eq!(paragraph("# A\n\n- b\n"), None);
    }
}
