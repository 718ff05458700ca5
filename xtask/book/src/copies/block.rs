//! A block of a page's HTML as Markdown: paragraphs, lists, tables and listings. What is drawn,
//! entered or pointed at is left out, and so is machine code.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use judge::words::marks;

/// Elements of which nothing is kept.
const SKIPPED: [&str; 6] = ["svg", "figcaption", "form", "label", "button", "style"];
/// The same of elements of these classes.
const SKIPPED_CLASSES: [&str; 2] = ["anchor", "assembly"];
/// Elements that a line or a cell has within it; all others end it.
const INLINE: [&str; 7] = ["a", "code", "strong", "em", "span", "sub", "sup"];
/// Elements that have no end.
const VOID: [&str; 4] = ["br", "input", "img", "hr"];

/// The block as Markdown; `link` says where a link leads, or that there is no such place.
pub fn markdown(html: &str, link: &dyn Fn(&str) -> Option<String>) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let writer = Writer { link, state: RefCell::default() };
    let tokenizer = Tokenizer::new(writer, TokenizerOpts::default());
    let _ = tokenizer.feed(&input); // it would stop for a script that wants to run: none does
    tokenizer.end();
    tokenizer.sink.state.into_inner().finished()
}

struct Writer<'l> {
    link: &'l dyn Fn(&str) -> Option<String>,
    state: RefCell<State>,
}

/// An element that has begun.
struct Open {
    tag: String,
    /// Where its text begins.
    start: usize,
    /// Where it leads, of a link; its classes, of others.
    what: String,
}

#[derive(Default)]
struct State {
    /// What is finished, and whether it is an item of a list.
    blocks: Vec<(bool, String)>,
    /// The paragraph, item or cell so far.
    text: String,
    /// What stands behind it and has no marks yet.
    letters: String,
    open: Vec<Open>,
    /// The element of which nothing is kept, and how many of its name are within each other.
    skipped: Option<(String, usize)>,
    /// The rows of a table so far, and how many of them are titles.
    table: Option<(Vec<Vec<String>>, usize)>,
}

impl TokenSink for Writer<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(letters) if state.skipped.is_none() => {
                state.letters.push_str(&letters);
            }
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => state.begin(&tag),
            Token::TagToken(tag) => state.end(&tag.name, self.link),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn begin(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += usize::from(*skipped == name);
            return;
        }
        self.mark();
        let class = value(tag, "class");
        let is_skipped = SKIPPED_CLASSES.iter().any(|it| class.split(' ').any(|of| of == *it));
        if is_skipped || SKIPPED.contains(&name) {
            self.skipped = Some((name.to_owned(), 1));
            return;
        }
        match name {
            "br" => self.text.push(' '),
            "table" => {
                self.finish();
                self.table = Some((Vec::new(), 0));
            }
            "tr" => self.table.iter_mut().for_each(|(rows, _)| rows.push(Vec::new())),
            _ if INLINE.contains(&name) => {}
            _ if self.table.is_none() => self.finish(),
            _ => {}
        }
        if !VOID.contains(&name) {
            let what = if name == "a" { value(tag, "href") } else { class };
            self.open.push(Open { tag: name.to_owned(), start: self.text.len(), what });
        }
    }

    fn end(&mut self, name: &str, link: &dyn Fn(&str) -> Option<String>) {
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth -= usize::from(*skipped == name);
            if *depth == 0 {
                self.skipped = None;
            }
            return;
        }
        self.mark();
        let Some(at) = self.open.iter().rposition(|open| open.tag == name) else { return };
        let Open { start, what, .. } = self.open.swap_remove(at);
        self.open.truncate(at);
        match name {
            "td" | "th" => self.cell(),
            "thead" => self.table.iter_mut().for_each(|(rows, titles)| *titles = rows.len()),
            "table" => self.end_table(),
            "pre" => {
                let text = self.text.split_off(start.min(self.text.len()));
                let language = what.strip_prefix("language-").unwrap_or_default();
                self.blocks.push((false, marks::listing(language, &text)));
            }
            _ if INLINE.contains(&name) => self.end_inline(name, start, &what, link),
            _ if self.table.is_none() => {
                if name == "summary" && !self.text.trim().is_empty() {
                    self.text = format!("**{}**", self.text.trim());
                }
                let is_item = name == "li" || self.is_within("li");
                self.finish_as(is_item);
            }
            _ => {}
        }
    }

    /// Within a listing nothing is marked, and what is code gets its marks when it ends.
    fn mark(&mut self) {
        let letters = std::mem::take(&mut self.letters);
        if self.is_within("pre") {
            self.text.push_str(&letters);
            return;
        }
        let is_code = self.is_within("code");
        for (at, word) in letters.split(char::is_whitespace).enumerate() {
            let ends = self.text.is_empty() || self.text.ends_with(' ');
            if at > 0 && !ends {
                self.text.push(' ');
            }
            self.text.push_str(&if is_code { word.to_owned() } else { marks::text(word) });
        }
    }

    fn is_within(&self, tag: &str) -> bool {
        self.open.iter().any(|open| open.tag == tag)
    }

    fn end_inline(
        &mut self,
        name: &str,
        start: usize,
        what: &str,
        link: &dyn Fn(&str) -> Option<String>,
    ) {
        if self.is_within("pre") {
            // The language is that of the code within.
            let listing = self.open.iter_mut().rfind(|open| open.tag == "pre");
            listing.into_iter().for_each(|open| what.clone_into(&mut open.what));
            return;
        }
        let text = self.text.split_off(start.min(self.text.len()));
        let inner = text.trim();
        let is_aside = name == "span" && what == "small" && self.table.is_some();
        let marked = match name {
            _ if inner.is_empty() => text,
            "code" => marks::code(inner),
            "strong" => format!("**{inner}**"),
            "em" => format!("*{inner}*"),
            "a" => link(what).map_or_else(|| inner.to_owned(), |to| format!("[{inner}]({to})")),
            _ if is_aside && start > 0 => format!("({inner})"),
            _ => text,
        };
        self.text.push_str(&marked);
    }

    fn cell(&mut self) {
        let cell = std::mem::take(&mut self.text).trim().to_owned();
        if let Some(row) = self.table.as_mut().and_then(|(rows, _)| rows.last_mut()) {
            row.push(cell);
        }
    }

    fn end_table(&mut self) {
        let Some((mut rows, titles)) = self.table.take() else { return };
        let body = rows.split_off(titles.min(1));
        self.blocks.push((false, marks::table(&rows.pop().unwrap_or_default(), &body)));
    }

    fn finish(&mut self) {
        let is_item = self.is_within("li");
        self.finish_as(is_item);
    }

    /// Ends a paragraph or an item.
    fn finish_as(&mut self, is_item: bool) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        // What would make of a paragraph something else.
        let is_mark = text.starts_with(['#', '>', '-', '+', '=', '~']);
        let mark = if is_mark { "\\" } else { "" };
        self.blocks.push((is_item, format!("{}{mark}{text}", if is_item { "- " } else { "" })));
    }

    fn finished(mut self) -> String {
        self.mark();
        self.finish();
        let mut all = String::new();
        let mut before = false;
        for (is_item, block) in self.blocks {
            if !all.is_empty() {
                all.push_str(if is_item && before { "\n" } else { "\n\n" });
            }
            all.push_str(&block);
            before = is_item;
        }
        all
    }
}

fn value(tag: &Tag, name: &str) -> String {
    let attribute = tag.attrs.iter().find(|attribute| &*attribute.name.local == name);
    attribute.map(|attribute| attribute.value.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use maud::html;

    fn of(html: &str) -> String {
        markdown(html, &|to| to.strip_suffix(".html").map(|name| format!("{name}.md")))
    }

    #[test]
    fn paragraphs_lists_and_links_read_as_on_the_page() {
        let page = html! {
            div.glance {
                p { strong { "4.0× faster" } br; "than " code { "naive" } " " a.anchor href="#x" { "#" } }
                ul { li { "one" } li { a href="b.html" { "two" } ", " a href="#c" { "three" } } }
            }
            p { "# no heading" }
        };
        assert_eq!(
            of(&page.into_string()),
            "**4.0× faster** than `naive`\n\n- one\n- [two](b.md), three\n\n\\# no heading"
        );
    }

    #[test]
    fn tables_keep_their_cells_and_listings_their_lines() {
        let table = html! {
            table {
                thead { tr { td {} th { "a" } } }
                tbody { tr { th { code { "x|y" } br; span.small { "best" } } td { "1" span.ci { " [0, 2]" } } } }
            }
            pre { code class="language-rust" { "fn f() {\n    a\n}\n" } }
        };
        assert_eq!(
            of(&table.into_string()),
            "|  | a |\n|---|---|\n| `x\\|y` (best) | 1 [0, 2] |\n\n```rust\nfn f() {\n    a\n}\n```"
        );
    }

    #[test]
    fn what_is_drawn_or_entered_is_left_out_with_all_that_is_in_it() {
        let figure = html! {
            figure {
                p.result { "Faster" }
                svg { svg { text { "9" } } a href="b.html" { "b" } }
                figcaption { "drawn" }
            }
            form { label { "a" input type="number"; } output {} }
            details.assembly { summary { "code" } pre { "ret" } }
            details { summary { "more" } p { "below" } }
        };
        assert_eq!(of(&figure.into_string()), "Faster\n\n**more**\n\nbelow");
    }

    #[test]
    fn words_of_a_record_are_neither_tag_nor_mark() {
        let hostile = record::mutated::HOSTILE;
        let page = html! {
            p { (hostile) } table { tr { td { code { (hostile) } } td { (hostile) } } }
            pre { code { (hostile) } }
        };
        let copy = of(&page.into_string());
        let (marked, listing) = copy.rsplit_once("\n\n````").unwrap();
        assert!(listing.ends_with("\n````"), "{listing}");
        let events = pulldown_cmark::Parser::new_ext(marked, crate::places::options());
        for event in events {
            use pulldown_cmark::{Event, Tag};
            let alive = matches!(
                event,
                Event::Html(_)
                    | Event::InlineHtml(_)
                    | Event::Start(Tag::Link { .. } | Tag::Heading { .. })
            );
            assert!(!alive, "{event:?} in {marked}");
        }
    }
}
