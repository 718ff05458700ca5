//! What HTML pages share: classes of rungs and verdicts, places, tables. All of it is maud's, which
//! escapes every text that it is given.

use maud::{Markup, Render, html};

use cases::Case;
use judge::stats::{Interval, Verdict};
use judge::summary::{CaseSummary, Compared};
use judge::words::format;
use judge::words::scenario::short;

/// Where a link leads: to the chapter of a case that this book has, never where a record says.
pub struct Link(String);

impl Link {
    /// To its chapter.
    pub fn to(case: &Case) -> Self {
        Self(format!("{}.html", case.name))
    }

    /// To the chapter of a name that this book has.
    pub fn to_chapter(name: &str) -> Self {
        Self(format!("{name}.html"))
    }

    /// To the page of a lab that this book has.
    pub fn to_lab(name: &str) -> Self {
        Self(format!("{}.html", lab_page(name)))
    }

    /// To what became of its claims.
    pub fn to_claims(case: &Case) -> Self {
        Self(format!("{}.html#claims", case.name))
    }

    /// To what the glossary says of a term.
    pub fn to_term(term: &str) -> Self {
        Self(format!("glossary.html#{}", slug(term)))
    }

    /// To a place of the same page.
    pub fn here(place: &str) -> Self {
        Self(format!("#{place}"))
    }
}

impl Render for Link {
    fn render_to(&self, buffer: &mut String) {
        self.0.render_to(buffer);
    }
}

/// The name of a lab's page, without an ending.
pub fn lab_page(lab: &str) -> String {
    format!("lab-{lab}")
}

/// What mdBook calls the place of a heading, and other places of a page are called alike: lower
/// case, spaces as dashes, nothing else that is no letter.
pub fn slug(title: &str) -> String {
    let lower = title.trim().to_lowercase();
    let kept = lower.chars().map(|c| if c.is_whitespace() { '-' } else { c });
    kept.filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

/// A link that can be seen and copied, to the place that it stands at; `what` is there.
pub fn anchor(place: &str, what: &str) -> Markup {
    html! { a.anchor href=(Link::here(place)) aria-label={ "Link to " (what) } { "#" } }
}

/// A term of the glossary, which explains it.
pub fn term(term: &str) -> Markup {
    html! { a.term href=(Link::to_term(term)) { (term) } }
}

/// "9.4× \[9.2, 9.6\]"; an end tells on which side of each threshold it lies.
pub fn ratio_with_interval(ratio: Interval, thresholds: &[f64]) -> Markup {
    let [mid, low, high] = format::interval(ratio, thresholds);
    html! { (mid) "× " span.ci { "[" (low) ", " (high) "]" } }
}

/// The same with its verdict: "9.4× \[9.2, 9.6\] faster".
pub fn judged(Compared { ratio, verdict }: Compared) -> Markup {
    html! {
        (ratio_with_interval(ratio, &[1.0])) " "
        span class=(class_of(verdict)) { (format::word(verdict)) }
    }
}

/// Names of rungs: "a", "a and b", "a, b and c".
pub fn rungs(summary: &CaseSummary, rungs: &[usize]) -> Markup {
    let name = |rung: &usize| html! { code { (summary.rungs[*rung]) } };
    match rungs {
        [rest @ .., last] if !rest.is_empty() => {
            html! { (joined(rest.iter().map(name), ", ")) " and " (name(last)) }
        }
        _ => joined(rungs.iter().map(name), ", "),
    }
}

/// The class that gives a rung its colour where `best` is the fastest of ours.
pub fn class(summary: &CaseSummary, best: Option<usize>, rung: usize) -> &'static str {
    match rung {
        0 => "naive",
        rung if Some(rung) == best => "best",
        rung if Some(rung) == summary.peer => "peer",
        _ => "middle",
    }
}

/// The class that gives a verdict its colour.
pub fn class_of(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Faster => "faster",
        Verdict::Slower => "slower",
        Verdict::CannotTell => "cannot-tell",
    }
}

/// "1,000 rows", with the distribution where a case has several.
pub fn place(case: Option<&CaseSummary>, scenario: &protocol::Scenario) -> String {
    let size = case.map_or_else(|| format::count(scenario.n), |case| short(case, scenario));
    if case.is_some_and(|case| case.distributions().len() > 1) {
        format!("{size}, {}", scenario.input)
    } else {
        size
    }
}

/// What a case said, with what it quotes as code: pairs of backquotes, as in Markdown.
pub fn said(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 0 { (part) } @else { code { (part) } }
        }
    }
}

/// Parts with something between any two of them.
pub fn joined(parts: impl IntoIterator<Item = Markup>, between: &'static str) -> Markup {
    html! {
        @for (at, part) in parts.into_iter().enumerate() {
            @if at > 0 { (between) }
            (part)
        }
    }
}

/// Source or machine code; the last line ends too.
pub fn listing(language: &str, text: &str) -> Markup {
    html! {
        pre { code class={ "language-" (language) } { (text.trim_end()) "\n" } }
    }
}

/// The titles of a table's columns; above names of rows, there may be none.
pub fn titles(titles: &[&str]) -> Markup {
    html! {
        tr {
            @for title in titles {
                @if title.is_empty() { td {} } @else { th scope="col" { (title) } }
            }
        }
    }
}

/// A column of a [`table`].
#[derive(Clone, Copy)]
pub enum Column<'a> {
    /// With words, which begin at its left.
    Words(&'a str),
    /// With figures, which end at its right.
    Figures(&'a str),
}

/// A table as mdBook makes one of Markdown.
pub fn table<'c, R: AsRef<[Markup]>>(
    columns: impl AsRef<[Column<'c>]>,
    rows: impl IntoIterator<Item = R>,
) -> Markup {
    let titled = columns.as_ref().iter().map(|column| match column {
        Column::Words(title) => (*title, None),
        Column::Figures(title) => (*title, Some("text-align: right")),
    });
    let (titles, styles): (Vec<_>, Vec<_>) = titled.unzip();
    html! {
        div.table-wrapper {
            table {
                thead {
                    tr { @for (title, style) in titles.iter().zip(&styles) {
                        @if title.is_empty() { td {} } @else {
                            th scope="col" style=[style] { (title) }
                        }
                    } }
                }
                tbody {
                    @for row in rows {
                        tr { @for (cell, style) in row.as_ref().iter().zip(&styles) {
                            td style=[style] { (cell) }
                        } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// What a reader sees, with a bar behind each cell.
    pub fn plain(html: &str) -> String {
        let html = html.replace("</td>", " | ").replace("</th>", " | ");
        let mut parts = html.split('<');
        let before = parts.next().unwrap_or_default().to_owned();
        parts.fold(before, |text, part| text + part.split_once('>').map_or("", |(_, rest)| rest))
    }

    #[test]
    fn what_is_quoted_becomes_code_and_nothing_else_does() {
        let said = said("`*_<\\` & `b").into_string();
        assert_eq!(said, "<code>*_&lt;\\</code> &amp; <code>b</code>");
    }

    #[test]
    fn figures_end_at_the_right_of_their_column() {
        let columns = [Column::Words("a<"), Column::Figures("b")];
        let html = table(columns, [[html! { "c" }, html! { (1.5) }]]).into_string();
        let titles = "<th scope=\"col\">a&lt;</th>\
                      <th scope=\"col\" style=\"text-align: right\">b</th>";
        assert!(html.contains(titles), "{html}");
        assert!(html.contains("<td>c</td><td style=\"text-align: right\">1.5</td>"), "{html}");
    }
}
