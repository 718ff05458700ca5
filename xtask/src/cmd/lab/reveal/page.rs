//! The page that a learner sees afterwards: plain HTML with a drawing, in one file.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use cases::source::Source;
use judge::words::format;
use labs::{Grade, Lab};

/// What is drawn and told.
pub struct Page<'a> {
    /// Of which lab.
    pub lab: &'a Lab,
    /// What each source is called, and its text.
    pub sources: [(&'static str, String); 2],
    /// Sizes with their times.
    pub curve: Vec<Point>,
    /// What was found of naive and of the attempt.
    pub facts: Vec<[String; 3]>,
    /// What bounds naive.
    pub limits: String,
    /// Where it stops paying.
    pub stops: String,
}

/// One size.
pub struct Point {
    /// The size.
    pub n: usize,
    /// Nanoseconds a call of naive, the attempt and the reference.
    pub ns: [f64; 3],
    /// How the three compare.
    pub grade: Grade,
}

const NAMES: [&str; 3] = ["naive", "yours", "the book's solution"];
/// Dashes tell the lines apart where colours do not.
const DASHES: [&str; 3] = ["none", "6 3", "2 3"];
/// Names of a solution that are asked about at most.
const ASKED: usize = 4;
/// Calls that say nothing of how a problem was solved.
const EVERYDAY: &str =
    "clone iter_mut into_iter default from_iter collect to_owned to_string unwrap expect";

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;\
padding:0 1rem;color-scheme:light dark}pre{overflow:auto;border:1px solid;padding:.5rem;\
font-size:14px}.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:1rem}\
.two>*{min-width:0}\
table{border-collapse:collapse}td,th{border:1px solid;padding:.2rem .6rem;text-align:right}\
th:first-child,td:first-child{text-align:left}svg{max-width:100%;height:auto}.scroll{overflow-x:auto}";

impl Page<'_> {
    /// The whole page.
    pub fn html(&self) -> String {
        let title = escaped(&self.lab.title);
        let mut html = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta \
             name=\"viewport\" content=\"width=device-width\"><title>{title}: yours beside the \
             book's</title><style>{STYLE}</style></head><body><main>\n<h1>{title}: yours beside \
             the book's</h1>\n<p>{}{}</p>\n",
            escaped(&self.limits),
            escaped(&self.stops)
        );
        if self.curve.len() > 1 {
            let _ = write!(html, "<h2>Time against size</h2>\n{}{}", self.drawing(), self.times());
        }
        html.push_str("<h2>Source</h2>\n<div class=\"two\">\n");
        for (name, source) in &self.sources {
            let source = escaped(source);
            let _ = writeln!(
                html,
                "<section><h3>{name}</h3><pre tabindex=\"0\">{source}</pre></section>"
            );
        }
        html.push_str("</div>\n");
        if !self.facts.is_empty() {
            let rows = self.facts.iter().map(|row| row.clone().map(|cell| escaped(&cell)).to_vec());
            let head = ["", "naive", "yours"].map(str::to_owned).to_vec();
            let _ = write!(html, "<h2>What the machine says</h2>\n{}", table(head, rows));
        }
        let questions =
            self.questions().into_iter().map(|it| format!("<li>{}</li>\n", escaped(&it)));
        let _ = write!(
            html,
            "<h2>Why?</h2>\n<ol>\n{}</ol>\n</main></body></html>\n",
            questions.collect::<String>()
        );
        html
    }

    /// Times by size, with ratios.
    fn times(&self) -> String {
        let head = ["n", NAMES[0], NAMES[1], NAMES[2], "yours against naive"];
        let rows = self.curve.iter().map(|point| {
            let mut row = vec![format::count(point.n)];
            row.extend(point.ns.map(format::time));
            row.push(super::told::ratio(point.grade.ratio));
            row
        });
        table(head.map(str::to_owned).to_vec(), rows)
    }

    /// A line for each, both axes logarithmic.
    fn drawing(&self) -> String {
        const WIDTH: f64 = 640.0;
        const HEIGHT: f64 = 320.0;
        let sizes = self.curve.iter().map(|point| point.n.max(1) as f64);
        let times = self.curve.iter().flat_map(|point| point.ns);
        let ends = |values: Vec<f64>| {
            let least = values.iter().copied().fold(f64::INFINITY, f64::min);
            (least.ln(), values.into_iter().fold(0.0, f64::max).ln())
        };
        let ((left, right), (bottom, top)) = (ends(sizes.collect()), ends(times.collect()));
        let scale = |value: f64, from: f64, to: f64| (value.ln() - from) / (to - from).max(1e-9);
        let lines = (0..NAMES.len()).map(|rung| {
            let points = self.curve.iter().map(|point| {
                let x = 10.0 + (WIDTH - 170.0) * scale(point.n.max(1) as f64, left, right);
                let y = HEIGHT - 20.0 - (HEIGHT - 40.0) * scale(point.ns[rung], bottom, top);
                (x, y)
            });
            let points: Vec<(f64, f64)> = points.collect();
            let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
            let (x, y) = points[points.len() - 1];
            format!(
                "<polyline points=\"{}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" \
                 stroke-dasharray=\"{}\"/><text x=\"{:.1}\" y=\"{:.1}\" fill=\"currentColor\" \
                 font-size=\"14\">{}</text>\n",
                path.join(" "),
                DASHES[rung],
                x + 6.0,
                y + 4.0,
                NAMES[rung]
            )
        });
        format!(
            "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"Time a call against \
             size, both logarithmic; the table below has the figures\">\n{}</svg>\n",
            lines.collect::<String>()
        )
    }

    /// What follows from where the two differ.
    pub fn questions(&self) -> Vec<String> {
        let [attempt, reference] = self.sources.each_ref().map(|(_, text)| source(text));
        let mut questions = Vec::new();
        let (own, its) = (names(&attempt), names(&reference));
        let is_own = |name: &str| {
            let defined = format!("fn {name}");
            EVERYDAY.split(' ').any(|known| known == name)
                || self.sources.iter().any(|(_, text)| text.contains(&defined))
        };
        let only: Vec<&String> =
            its.difference(&own).filter(|name| !is_own(name)).take(ASKED).collect();
        for name in only {
            questions
                .push(format!("The book's uses `{name}` and yours does not: what does it save?"));
        }
        if let Some(name) = own.difference(&its).find(|name| !is_own(name)) {
            questions
                .push(format!("Yours uses `{name}` and the book's does not: what does it cost?"));
        }
        // Of the least size that was measured nothing is known below it.
        let reaches = self.curve.iter().position(|point| point.grade.ratio.low > 1.0);
        if let Some(point) = reaches.filter(|at| *at > 0).map(|at| &self.curve[at]) {
            questions.push(format!(
                "Of these sizes {} is the least at which yours is certainly ahead of naive: what is it that \
                 does not shrink below?",
                format::count(point.n)
            ));
        }
        let asked = self.lab.questions().unwrap_or_default();
        questions.extend(items(&asked));
        questions
    }
}

/// The items of a list in Markdown, each as one line without its number.
fn items(list: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in list.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let numbered = line.split_once(". ").filter(|(number, _)| number.parse::<u8>().is_ok());
        let begun = numbered.map(|(_, text)| text).or_else(|| line.strip_prefix("- "));
        match (begun, items.last_mut()) {
            (None, Some(last)) => last.extend([" ", line]),
            (begun, _) => items.push(begun.unwrap_or(line).to_owned()),
        }
    }
    items
}

fn source(text: &str) -> Source {
    let mut source = Source::default();
    source.add(text);
    source
}

/// What is called in a source: `.name(` and `::name(`.
fn names(source: &Source) -> BTreeSet<String> {
    let text = source.code().join("\n");
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let calls = text.match_indices('(').filter_map(|(at, _)| {
        let before = text[..at].trim_end_matches("::<_>");
        let name = &before[before.trim_end_matches(is_name).len()..];
        let called = before[..before.len() - name.len()].ends_with(['.', ':']);
        (called && name.len() > 3).then(|| name.to_owned())
    });
    calls.collect()
}

fn table(head: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let cell = |tag: &str, cell: String| format!("<{tag}>{cell}</{tag}>");
    let cells = |row: Vec<String>| row.into_iter().map(|it| cell("td", it)).collect::<String>();
    let body = rows.map(|row| format!("<tr>{}</tr>\n", cells(row))).collect::<String>();
    // The corner heads nothing.
    let head = head.into_iter().map(|it| cell(if it.is_empty() { "td" } else { "th" }, it));
    let head = head.collect::<String>();
    // What may scroll sideways is reached by keyboard.
    format!(
        "<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_of_several_lines_are_whole_and_have_no_number_twice() {
        let list =
            "1. What is it, and how many\n   of them?\n2. Write it down, and look.\n\n- Why?";
        let whole = ["What is it, and how many of them?", "Write it down, and look.", "Why?"];
        assert_eq!(items(list), whole);
    }

    #[test]
    fn a_table_scrolls_by_keyboard_and_its_corner_is_no_heading() {
        let row = ["calls", "2"].map(str::to_owned).to_vec();
        let table = table(["", "yours"].map(str::to_owned).to_vec(), [row].into_iter());
        assert!(table.contains("<tr><td></td><th>yours</th></tr>"), "{table}");
        assert!(table.contains("tabindex=\"0\"") && table.contains("<td>calls</td>"), "{table}");
    }

    #[test]
    fn calls_are_found_and_what_is_html_is_escaped() {
        let source = source("fn f() { a.sort_unstable(); Vec::with_capacity(3); g(2) }");
        let expected = ["sort_unstable", "with_capacity"].map(str::to_owned);
        assert_eq!(names(&source), BTreeSet::from(expected));
        assert_eq!(escaped("Vec<\"&\">"), "Vec&lt;&quot;&amp;&quot;&gt;");
    }
}
