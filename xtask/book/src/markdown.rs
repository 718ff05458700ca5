//! A page while it is made: Markdown, which mdBook reads. Each kind of text has its own way in, so
//! that what a record says can be neither a tag nor a mark: prose of the repository, words of this
//! program, and HTML, in which maud has escaped every text.

use std::fmt::{self, Write as _};

use maud::{Markup, html};

/// Prose that the repository holds, in which marks and tags are meant. A text that is none cannot
/// become a page's by mistake.
#[derive(Debug)]
pub struct Prose(String);

impl Prose {
    /// What a file of the repository says; never what a record does.
    pub fn of_repository(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

/// A page, or a part of one. Blank lines stand between its parts: they are where blocks of HTML
/// end.
#[derive(Debug, Clone, Default)]
pub struct Markdown(String);

impl Markdown {
    /// Prose that the repository holds, its marks and tags as they are.
    pub fn prose(&mut self, prose: &Prose) {
        self.part(&prose.0);
    }

    fn part(&mut self, part: &str) {
        let part = part.trim_matches('\n');
        if !part.is_empty() {
            self.0.push_str(part);
            self.0.push_str("\n\n");
        }
    }

    /// A paragraph of this program's own, which no record has a part in: it is known before any is
    /// read.
    pub fn words(&mut self, words: &'static str) {
        self.part(words);
    }

    /// A heading, which mdBook makes a place of; `level` is how deep it is.
    pub fn heading(&mut self, level: usize, text: &str) {
        let marks = "#".repeat(level);
        self.part(&format!("{marks} {}", harmless(&html! { (text) })));
    }

    /// HTML on lines of its own.
    pub fn block(&mut self, html: &Markup) {
        self.part(&harmless(html));
    }

    /// Another part, as it is.
    pub fn append(&mut self, part: &Self) {
        self.part(&part.0);
    }

    /// Puts a part where the prose asks for it, if it does.
    pub fn fill(&mut self, place: &str, part: impl FnOnce() -> Self) {
        if self.0.contains(place) {
            self.0 = self.0.replace(place, part().0.trim_end());
        }
    }
}

impl fmt::Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// HTML that may stand anywhere in Markdown: what is a mark there, ends a line or makes mdBook
/// include a file is written as a reference to that character. Tags have none of them, so that
/// only texts and values of attributes change, and these keep their meaning.
fn harmless(html: &Markup) -> String {
    let mut text = String::with_capacity(html.0.len());
    for letter in html.0.chars() {
        match letter {
            '\n' | '\r' | '\\' | '`' | '*' | '_' | '|' | '~' | '$' | '[' | ']' | '{' | '}' => {
                let _ = write!(text, "&#{};", u32::from(letter));
            }
            letter => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_neither_tag_nor_mark_nor_the_end_of_a_block() {
        let mut page = Markdown::default();
        page.heading(2, "a `b` {#c}");
        page.block(&html! { p { "<b> [x](y)\n\n*z* | {{#include w}}" } });
        assert_eq!(
            page.to_string(),
            "## a &#96;b&#96; &#123;#c&#125;\n\n<p>&lt;b&gt; &#91;x&#93;(y)&#10;&#10;&#42;z&#42; \
             &#124; &#123;&#123;#include w&#125;&#125;</p>\n\n"
        );
    }

    #[test]
    fn parts_are_set_apart_and_empty_ones_leave_nothing() {
        let mut page = Markdown::default();
        page.words("one *two*");
        page.block(&html! {});
        page.prose(&Prose::of_repository("\n<p>three</p>\n"));
        assert_eq!(page.to_string(), "one *two*\n\n<p>three</p>\n\n");
    }

    #[test]
    fn only_prose_that_asks_is_filled() {
        let part = |text| {
            let mut part = Markdown::default();
            part.block(&html! { p { (text) } });
            part
        };
        let mut page = Markdown::default();
        page.prose(&Prose::of_repository("a\n\n{{x}}\n\nb"));
        page.fill("{{x}}", || part("{{y}}"));
        page.fill("{{y}}", || unreachable!("a record asks for nothing"));
        assert_eq!(page.to_string(), "a\n\n<p>&#123;&#123;y&#125;&#125;</p>\n\nb\n\n");
    }
}
