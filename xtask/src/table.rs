//! Tables on a terminal: every column is as wide as its widest cell. Where the terminal has no room
//! for that, words are shortened until it has; a file or another program gets all of them.

use std::fmt;
use std::io::Write as _;
use std::sync::OnceLock;

use console::{Term, measure_text_width, truncate_str};
use tabwriter::{Alignment, TabWriter};

/// Columns that standard output has, where it is a terminal.
static WIDTH: OnceLock<Option<usize>> = OnceLock::new();

/// Columns that words keep at least; numbers are cut only where that is not enough.
const FEWEST: usize = 6;

/// Lets all tables fit the terminal, if standard output is one.
pub fn fit_terminal() {
    WIDTH.get_or_init(|| Some(usize::from(Term::stdout().size_checked()?.1)));
}

/// On which side the cells of a column are flush.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// As words are.
    Left,
    /// As numbers are.
    Right,
}

/// A table of so many columns, which are aligned when it is shown.
pub struct Table<const N: usize> {
    columns: [Side; N],
    /// What stands in front of every row.
    indent: &'static str,
    lines: Vec<Line<N>>,
}

enum Line<const N: usize> {
    Row([String; N]),
    Note(String),
}

impl<const N: usize> Table<N> {
    /// A table without rows.
    pub fn new(columns: [Side; N]) -> Self {
        Self { columns, indent: "", lines: Vec::new() }
    }

    /// The same, its rows set in.
    pub fn indented(columns: [Side; N]) -> Self {
        Self { indent: "  ", ..Self::new(columns) }
    }

    /// Adds a row, or the head.
    pub fn row(&mut self, cells: [&str; N]) {
        // They would begin another cell.
        self.lines.push(Line::Row(cells.map(|cell| cell.replace(['\t', '\n'], " "))));
    }

    /// Adds a line across all columns, for which none is widened.
    pub fn note(&mut self, text: impl Into<String>) {
        self.lines.push(Line::Note(text.into()));
    }

    /// What each column may have, so that rows are not wider than this if it can be helped.
    fn widths(&self, all: usize) -> [usize; N] {
        const BETWEEN: usize = 2;
        let mut widths = [0; N];
        for line in &self.lines {
            let Line::Row(cells) = line else { continue };
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = measure_text_width(cell).max(*width);
            }
        }
        let room = all.saturating_sub(self.indent.len() + BETWEEN * N.saturating_sub(1));
        while widths.iter().sum::<usize>() > room {
            let words = (0..N).filter(|&at| self.columns[at] == Side::Left && widths[at] > FEWEST);
            let Some(widest) = words.max_by_key(|&at| widths[at]) else { break };
            widths[widest] -= 1;
        }
        widths
    }

    /// Every line with its end. Where words cut to their columns are still too much, rows are cut;
    /// notes are sentences, which may be wrapped.
    fn text(&self, all: usize) -> String {
        let mut rows = self.rows(self.widths(all)).into_iter();
        let lines = self.lines.iter().map(|line| match line {
            Line::Row(_) => {
                let row = format!("{}{}", self.indent, rows.next().unwrap_or_default());
                truncate_str(row.trim_end(), all, "…").into_owned() + "\n"
            }
            Line::Note(text) => format!("{text}\n"),
        });
        lines.collect()
    }

    /// The rows, each as a line. What aligns them aligns all columns of a table to one side; so
    /// each of those that are flush right goes through it alone before, and is of one width then.
    fn rows(&self, widths: [usize; N]) -> Vec<String> {
        let rows = || {
            self.lines.iter().filter_map(|line| match line {
                Line::Row(cells) => Some(cells),
                Line::Note(_) => None,
            })
        };
        let mut lines = vec![Vec::new(); rows().count()];
        for (at, side) in self.columns.iter().enumerate() {
            let cells = rows().map(|row| truncate_str(&row[at], widths[at], "…").into_owned());
            let flush = match side {
                Side::Left => cells.collect(),
                Side::Right => flush_right(cells),
            };
            lines.iter_mut().zip(flush).for_each(|(line, cell)| line.push(cell));
        }
        let lines: Vec<String> = lines.iter().map(|cells| cells.join("\t")).collect();
        aligned(TabWriter::new(Vec::new()).minwidth(0), &lines)
    }
}

fn flush_right(cells: impl Iterator<Item = String>) -> Vec<String> {
    // A cell ends with a tab; the last one of a line is not aligned.
    let lines: Vec<String> = cells.map(|cell| format!("{cell}\t")).collect();
    let writer = TabWriter::new(Vec::new()).minwidth(0).padding(0);
    aligned(writer.alignment(Alignment::Right), &lines)
}

fn aligned(mut writer: TabWriter<Vec<u8>>, lines: &[String]) -> Vec<String> {
    const MEMORY: &str = "memory takes all that is written";
    for line in lines {
        writeln!(writer, "{line}").expect(MEMORY);
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string()).expect(MEMORY);
    String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect()
}

impl<const N: usize> fmt::Display for Table<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = WIDTH.get().copied().flatten();
        f.write_str(&self.text(width.unwrap_or(usize::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::Side::{Left, Right};
    use super::*;

    #[test]
    fn words_are_flush_left_and_numbers_flush_right_whatever_their_letters() {
        let mut table = Table::new([Left, Right, Left, Right]);
        table.row(["rung", "ratio", "change", "n"]);
        table.row(["optimized", "9.43×", "−5.0 % [−10.1, +0.0]", "10"]);
        table.row(["größer", "", "+0.0 %", "1,000"]);
        assert_eq!(
            table.to_string(),
            "rung       ratio  change                    n\n\
             optimized  9.43×  −5.0 % [−10.1, +0.0]     10\n\
             größer            +0.0 %                1,000\n"
        );
    }

    #[test]
    fn notes_stand_between_rows_and_widen_no_column() {
        let mut table = Table::indented([Left, Left]);
        table.note("A note that is longer than any row");
        table.row(["a", "b"]);
        table.note("    and one more");
        table.row(["long\tname", ""]);
        assert_eq!(
            table.to_string(),
            "A note that is longer than any row\n  a          b\n    and one more\n  long name\n"
        );
    }

    #[test]
    fn words_are_shortened_before_numbers_and_no_row_is_wrapped() {
        let mut table = Table::indented([Left, Left, Right]);
        table.note("A sentence may be longer than the terminal is wide.");
        table.row(["small-vectors", "one in thirty of the größten", "9.43× [9.41, 9.45]"]);
        table.row(["ropes", "all", "1.00×"]);
        let lines = |width: usize| table.text(width).lines().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(table.text(80), table.to_string());
        assert_eq!(lines(50)[1], "  small-vectors  one in thirt…  9.43× [9.41, 9.45]");
        assert_eq!(lines(50)[2], "  ropes          all                         1.00×");
        assert_eq!(lines(20)[1], "  small…  one i…  9…");
        for width in 1..80 {
            let lines = lines(width);
            assert_eq!(lines[0], "A sentence may be longer than the terminal is wide.");
            assert!(lines[1..].iter().all(|line| line.chars().count() <= width), "{width}");
        }
    }

    #[test]
    fn a_table_may_be_empty_or_end_with_an_empty_cell() {
        assert_eq!(Table::new([Left, Right]).to_string(), "");
        let mut table = Table::new([Left, Right]);
        table.row(["a", "1"]);
        table.row(["", ""]);
        assert_eq!(table.to_string(), "a  1\n\n");
    }
}
