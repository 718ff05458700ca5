//! The sources of a case: naive beside optimized, the other rungs behind tabs, the frame folded.

use std::fs;

use anyhow::{Context, Result};
use maud::{Markup, html};

use super::Book;
use crate::html::listing;
use crate::markdown::Markdown;
use cases::Case;
use cases::rungs::rung_modules;

/// Naive beside optimized, the other rungs behind tabs, the frame folded below.
pub fn sources(book: &Book, case: &Case) -> Result<Markdown> {
    let lib = code(case, "lib")?;
    let naive = code(case, "naive")?;
    let others = rung_modules(&lib)
        .into_iter()
        .filter(|rung| rung != "naive" && case.source(rung).exists())
        .map(|rung| Ok((code(case, &rung)?, rung)))
        .collect::<Result<Vec<_>>>()?;
    let mut section = Markdown::default();
    section.heading(2, "Side by side");
    section.block(&html! {
        div.pair {
            div.pane { p.file { "naive.rs" } (listing("rust", &naive)) }
            (tabs(&others))
        }
        (folded("lib.rs: the input and the table of rungs", &lib))
        (bench(book, case)?)
    });
    Ok(section)
}

/// A tab for each rung, the optimized one chosen.
fn tabs(rungs: &[(String, String)]) -> Markup {
    let chosen = rungs.iter().position(|(_, rung)| rung == "optimized").unwrap_or(0);
    html! {
        div.pane.tabs {
            @for (at, (_, rung)) in rungs.iter().enumerate() {
                @let id = format!("rung-{rung}");
                input type="radio" name="rung" id=(id) checked[at == chosen];
                label for=(id) { (rung) ".rs" }
                "\n"
            }
            @for (code, _) in rungs { div.panel { (listing("rust", code)) } }
        }
    }
}

fn bench(book: &Book, case: &Case) -> Result<Markup> {
    let text = fs::read_to_string(&case.bench)
        .with_context(|| format!("cannot read {}", case.bench.display()))?;
    let path = case.bench.canonicalize().unwrap_or_else(|_| case.bench.clone());
    let shown = path.strip_prefix(&book.workspace.root).unwrap_or(&path).display();
    Ok(folded(&format!("{shown}: what is timed, and why"), &text))
}

fn folded(name: &str, text: &str) -> Markup {
    html! { details { summary { (name) } (listing("rust", text)) } }
}

fn code(case: &Case, module: &str) -> Result<String> {
    let path = case.source(module);
    fs::read_to_string(&path)
        .with_context(|| format!("rung `{module}` has no file {}", path.display()))
}
