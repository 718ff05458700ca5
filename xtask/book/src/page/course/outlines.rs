//! The outlines: sessions with what is done in them, and minutes that add up.

use maud::{Markup, html};

use crate::html::Link;
use crate::markdown::Markdown;
use courses::catalog::Catalog;
use courses::outline::{Item, Outline, Session};

/// All of them, the shortest first.
pub fn section(outlines: &[Outline], catalog: &Catalog) -> Markdown {
    let mut section = Markdown::default();
    for outline in outlines {
        section.heading(2, &outline.title);
        section.block(&html! {
            p { (outline.about) }
            p {
                "Slides: " code { "cargo xtask slides " (outline.name) " -o slides.html" }
            }
            @for session in &outline.sessions { (table(session, catalog)) }
        });
    }
    section
}

fn table(session: &Session, catalog: &Catalog) -> Markup {
    html! {
        div.table-wrapper {
            table.outline {
                thead {
                    tr {
                        th scope="col" { (session.title) }
                        th.figure scope="col" { "minutes" }
                    }
                }
                tbody {
                    @for item in &session.items {
                        tr {
                            td { (what(item, catalog)) }
                            td.figure { (item.minutes(catalog)) }
                        }
                    }
                    tr {
                        th scope="row" { "together, of " (session.target) }
                        td.figure { strong { (session.minutes(catalog)) } }
                    }
                }
            }
        }
    }
}

fn what(item: &Item, catalog: &Catalog) -> Markup {
    let title = |name: &str| {
        item.entry(catalog).map_or_else(|| name.to_owned(), |entry| entry.title.clone())
    };
    let is_there = item.entry(catalog).is_some();
    html! {
        @match item {
            Item::Case(name) => {
                "Chapter: "
                @if is_there { a href=(Link::to_chapter(name)) { (title(name)) } }
                @else { (title(name)) }
            },
            Item::Lab(name) => {
                "Lab: "
                @if is_there { a href=(Link::to_lab(name)) { (title(name)) } }
                @else { (title(name)) }
            },
            Item::Talk(spoken) => { "Talk: " (spoken.what) },
            Item::Work(spoken) => { "Work: " (spoken.what) },
            Item::Break(_) => { "Break" },
        }
    }
}
