//! Text as Markdown: what a record says is neither a tag nor a mark there, and reads as it is.

/// A text within a paragraph or a cell of a table.
pub fn text(text: &str) -> String {
    let mut marked = String::with_capacity(text.len());
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        let is_mark = match letter {
            '\\' | '`' | '*' | '<' | '|' => true,
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '&' => next == '#' || next.is_alphanumeric(),
            // What makes a link of words in brackets, or the place where it leads.
            '(' | '[' | ':' => before == ']',
            _ => false,
        };
        if is_mark {
            marked.push('\\');
        }
        marked.push(if letter.is_whitespace() { ' ' } else { letter });
        before = letter;
    }
    marked
}

/// Code within a paragraph, whatever it has of backquotes.
pub fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fence = "`".repeat(longest_run(&text) + 1);
    if text.is_empty() {
        text
    } else if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// Lines of code.
pub fn listing(language: &str, text: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}", text.trim_end())
}

/// Backquotes that stand side by side.
fn longest_run(text: &str) -> usize {
    text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0)
}

/// A table; a bar within a cell is none between two of them.
pub fn table(titles: &[String], rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).chain([titles.len()]).max().unwrap_or(0);
    let line = |cells: &[String]| {
        let cell = |at: usize| cells.get(at).map_or(String::new(), |cell| bars(cell));
        let cells: Vec<String> = (0..columns).map(cell).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule = format!("|{}", "---|".repeat(columns));
    let lines = [line(titles), rule].into_iter().chain(rows.iter().map(|row| line(row)));
    lines.collect::<Vec<_>>().join("\n")
}

/// A cell, with each bar escaped that is not yet.
fn bars(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut escaped = false;
    for letter in cell.chars() {
        if letter == '|' && !escaped {
            text.push('\\');
        }
        escaped = letter == '\\' && !escaped;
        text.push(letter);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_as_it_is_stays_and_nothing_else_comes_alive() {
        for fine in ["5.5× [5.4, 5.6] faster", "borrowed_keys, 100 %", "a & b, x > 1 (so)"] {
            assert_eq!(text(fine), fine);
        }
        assert_eq!(text("[a](b) [c][d] [e]: f"), "[a]\\(b) [c]\\[d] [e]\\: f");
        assert_eq!(text("<b>*_x_*`|\\"), "\\<b>\\*\\_x\\_\\*\\`\\|\\\\");
        assert_eq!(text("&lt;\n# x"), "\\&lt; # x");
    }

    #[test]
    fn code_keeps_its_backquotes() {
        assert_eq!([code("a*b"), code(" a\n `b` c")], ["`a*b`", "``a `b` c``"]);
        assert_eq!([code("`"), code(" ")], ["`` ` ``", ""]);
        assert_eq!(listing("rust", "fn f() {}\n\n"), "```rust\nfn f() {}\n```");
        assert_eq!(listing("", "````\n"), "`````\n````\n`````");
    }

    #[test]
    fn rows_have_as_many_cells_as_the_longest() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let table = table(&row(&["a", "b"]), &[row(&["`x|y`", "z\\|", "w"]), row(&["v"])]);
        assert_eq!(table, "| a | b |  |\n|---|---|---|\n| `x\\|y` | z\\| | w |\n| v |  |  |");
    }
}
