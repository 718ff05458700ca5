//! The sources of a case: naive beside optimized, the other rungs behind tabs, the frame folded.

use cases::rungs::rung_modules;
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};

use super::Book;
use cases::Case;

/// Naive beside optimized, the other rungs behind tabs, the frame folded below.
pub fn sources(book: &Book, case: &Case) -> Result<String> {
    let lib = code(case, "lib")?;
    let rungs = rung_modules(&lib);
    let mut html =
        String::from("\n## Side by side\n\n<div class=\"pair\">\n<div class=\"pane\">\n\n");
    let _ = write!(
        html,
        "<p class=\"file\">naive.rs</p>\n\n{}\n</div>\n<div class=\"pane tabs\">\n",
        fence(&code(case, "naive")?)
    );
    let others: Vec<&String> =
        rungs.iter().filter(|rung| *rung != "naive" && case.source(rung).exists()).collect();
    let first = others.iter().position(|rung| *rung == "optimized").unwrap_or(0);
    for (at, rung) in others.iter().enumerate() {
        let checked = if at == first { " checked" } else { "" };
        let _ = writeln!(
            html,
            "<input type=\"radio\" name=\"rung\" id=\"rung-{rung}\"{checked}><label for=\"rung-{rung}\">{rung}.rs</label>"
        );
    }
    for rung in others {
        let _ = write!(html, "<div class=\"panel\">\n\n{}\n</div>\n", fence(&code(case, rung)?));
    }
    html.push_str("</div>\n</div>\n");
    let bench = fs::read_to_string(&case.bench)
        .with_context(|| format!("cannot read {}", case.bench.display()))?;
    let bench_path = case.bench.canonicalize().unwrap_or_else(|_| case.bench.clone());
    let shown =
        bench_path.strip_prefix(&book.workspace.root).unwrap_or(&bench_path).display().to_string();
    for (name, text) in [
        ("lib.rs: the input and the table of rungs".to_owned(), lib),
        (format!("{shown}: what is timed, and why"), bench),
    ] {
        let _ =
            write!(html, "\n<details><summary>{name}</summary>\n\n{}\n</details>\n", fence(&text));
    }
    Ok(html)
}

fn fence(source: &str) -> String {
    format!("```rust\n{}\n```\n", source.trim_end())
}

fn code(case: &Case, module: &str) -> Result<String> {
    let path = case.source(module);
    fs::read_to_string(&path)
        .with_context(|| format!("rung `{module}` has no file {}", path.display()))
}
