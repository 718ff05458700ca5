//! Prose of chapters on a slide: paragraphs and lists with code and emphasis, without notes and
//! links, which lead nowhere there.

use maud::{Markup, html};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::places::options;

/// How a piece of text is set.
#[derive(Clone, Copy, PartialEq)]
enum Set {
    Plain,
    Strong,
    Code,
}

/// A paragraph or an item of a list.
struct Block {
    is_item: bool,
    pieces: Vec<(Set, String)>,
}

/// A text without its notes, which bear out what a slide says and are not on it: neither what
/// points to them nor, at the end, themselves.
fn without_notes(text: &str) -> String {
    let text = text.split("\n[^").next().unwrap_or_default();
    let mut parts = text.split("[^");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once(']').map_or(part, |(_, rest)| rest))
}

/// What stands below a heading of the second level, up to the next.
pub fn section<'t>(chapter: &'t str, title: &str) -> &'t str {
    let heading = format!("\n## {title}\n");
    let below = chapter.split_once(&heading).map_or("", |(_, below)| below);
    below.split("\n## ").next().unwrap_or_default()
}

/// All paragraphs and items of a text.
pub fn paragraphs(text: &str) -> Markup {
    first(text, usize::MAX)
}

/// So many of them at most.
pub fn first(text: &str, most: usize) -> Markup {
    let blocks = blocks(text);
    html! {
        @for block in blocks.iter().take(most) {
            @if block.is_item { ul { li { (set(block)) } } } @else { p { (set(block)) } }
        }
    }
}

/// The first item of its lists.
pub fn item(text: &str) -> Markup {
    let blocks = blocks(text);
    html! { @if let Some(item) = blocks.iter().find(|block| block.is_item) { p { (set(item)) } } }
}

fn set(block: &Block) -> Markup {
    html! {
        @for (set, text) in &block.pieces {
            @match set {
                Set::Plain => (text),
                Set::Strong => strong { (text) },
                Set::Code => code { (text) },
            }
        }
    }
}

/// Code that stands in lines of its own is left out, and so are headings, tables and notes.
fn blocks(text: &str) -> Vec<Block> {
    let (text, mut blocks) = (without_notes(text), Vec::new());
    let (mut open, mut set) = (None::<Block>, Set::Plain);
    for event in Parser::new_ext(&text, options()) {
        let mut say = |set, text: &str| {
            open.iter_mut().for_each(|block: &mut Block| block.pieces.push((set, text.to_owned())));
        };
        match event {
            Event::Text(text) => say(set, &text),
            Event::Code(text) => say(Set::Code, &text),
            Event::SoftBreak | Event::HardBreak => say(Set::Plain, " "),
            Event::Start(Tag::Emphasis | Tag::Strong) => set = Set::Strong,
            Event::End(TagEnd::Emphasis | TagEnd::Strong) => set = Set::Plain,
            Event::Start(Tag::Item) => {
                open = Some(Block { is_item: true, pieces: Vec::new() });
            }
            Event::Start(Tag::Paragraph) if open.is_none() => {
                open = Some(Block { is_item: false, pieces: Vec::new() });
            }
            Event::End(TagEnd::Item) => blocks.extend(open.take()),
            Event::End(TagEnd::Paragraph) if open.as_ref().is_some_and(|it| !it.is_item) => {
                blocks.extend(open.take());
            }
            _ => {}
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;

    const CHAPTER: &str = "# A\n\nlede\n\n## The job\n\nOne `x` *two*,[^a] [three](b.md)\nlines.\n\n\
                           ```rust\nlet a;\n```\n\nMore.\n\n## Traps\n\n- *First.* It\n  is.\n\
                           - Second.\n\n[^a]: `no statement`\n";

    #[test]
    fn prose_keeps_code_and_emphasis_and_neither_notes_nor_links() {
        let job = section(CHAPTER, "The job");
        let html = paragraphs(job).0;
        let first = "<p>One <code>x</code> <strong>two</strong>, three lines.</p><p>More.</p>";
        assert_eq!(html, first);
        assert_eq!(plain(&item(section(CHAPTER, "Traps")).0), "First. It is.");
        assert_eq!(first_of_none().0, "");
    }

    fn first_of_none() -> Markup {
        first(section(CHAPTER, "The end"), 1)
    }
}
