//! The sources of a case: naive beside optimized, the other rungs behind tabs, the frame folded.

use anyhow::{Context, Result};
use maud::{Markup, html};

use super::Book;
use crate::html::listing;
use crate::markdown::Markdown;
use cases::rungs::rung_modules;
use cases::{Case, text};

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
            div.pane.stays { p.file { "naive.rs" } (listing("rust", &naive)) }
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
        div.pane.tabs role="radiogroup" aria-label="the other rungs" {
            @for (at, (_, rung)) in rungs.iter().enumerate() {
                @let id = format!("rung-{rung}");
                input type="radio" name="rung" id=(id) checked[at == chosen];
                label for=(id) { (rung) ".rs" }
                "\n"
            }
            @for (code, rung) in rungs {
                div.panel { p.file.on-paper { (rung) ".rs" } (listing("rust", code)) }
            }
        }
    }
}

fn bench(book: &Book, case: &Case) -> Result<Markup> {
    let text = text::read(&case.bench)?;
    let path = case.bench.canonicalize().unwrap_or_else(|_| case.bench.clone());
    let shown = path.strip_prefix(&book.workspace.root).unwrap_or(&path).display();
    Ok(folded(&format!("{shown}: what is timed, and why"), &text))
}

fn folded(name: &str, text: &str) -> Markup {
    html! { details { summary { (name) } (listing("rust", text)) } }
}

fn code(case: &Case, module: &str) -> Result<String> {
    let path = case.source(module);
    text::read(&path).with_context(|| format!("rung `{module}` has no file {}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::across::Across;
    use crate::page::tests::House;

    fn shown(house: &House) -> Result<String> {
        let across = Across::new(&[]);
        let book = Book { workspace: &house.workspace, across: &across, file_record: None };
        Ok(sources(&book, &house.workspace.cases[0])?.to_string())
    }

    #[test]
    fn naive_stands_beside_the_tabs_with_optimized_in_front() {
        let house = House::new(&["words"]);
        let text = shown(&house).unwrap();
        let naive = text.find("fn naive()").unwrap();
        assert!(naive < text.find("class=\"pane tabs\"").unwrap(), "{text}");
        assert_eq!(text.matches(" checked>").count(), 1);
        assert!(text.contains("id=\"rung-optimized\" checked>"), "{text}");
        assert!(text.contains("<summary>benches/words.rs: what is timed, and why<"), "{text}");
    }

    /// The style sheet says for each place of a tab which panel it shows.
    #[test]
    fn the_last_tab_of_every_case_shows_its_panel() {
        let workspace = cases::Workspace::load().unwrap();
        let style = fs::read_to_string(workspace.root.join("docs/casebook.css")).unwrap();
        for case in &workspace.cases {
            let last = rung_modules(&code(case, "lib").unwrap()).len() - 1; // all but naive
            let rule = format!("input:nth-of-type({last}):checked) .panel:nth-of-type({last})");
            assert!(style.contains(&rule), "{}: {rule}", case.name);
        }
    }

    #[test]
    fn code_is_shown_as_it_is() {
        let house = House::new(&["words"]);
        let code = "let a = b < c && d[0] == `x`;\n\n/// ```\n";
        fs::write(house.workspace.cases[0].source("naive"), code).unwrap();
        let text = shown(&house).unwrap();
        let expected = "let a = b &lt; c &amp;&amp; d&#91;0&#93; == &#96;x&#96;;&#10;&#10;/// \
                        &#96;&#96;&#96;&#10;</code></pre>";
        assert!(text.contains(expected), "{text}");
    }

    #[test]
    fn a_rung_without_a_file_has_no_tab_but_naive_and_the_bench_are_needed() {
        let house = House::new(&["words"]);
        let case = house.workspace.cases[0].clone();
        fs::remove_file(case.source("wide")).unwrap();
        let text = shown(&house).unwrap();
        assert!(!text.contains("rung-wide") && text.contains("rung-optimized"), "{text}");
        fs::remove_file(case.source("optimized")).unwrap();
        assert!(!shown(&house).unwrap().contains("checked"));

        fs::remove_file(&case.bench).unwrap();
        let error = shown(&house).unwrap_err();
        assert!(error.to_string().contains("benches/words.rs"), "{error}");
        fs::remove_file(case.source("naive")).unwrap();
        let error = shown(&house).unwrap_err();
        assert!(error.to_string().contains("rung `naive` has no file"), "{error}");
        assert!(error.to_string().contains("words/src/naive.rs"), "{error}");
    }
}
