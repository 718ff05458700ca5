//! Tables on a terminal: every column is as wide as its widest cell.

use std::fmt;
use std::io::Write as _;

use tabwriter::{Alignment, TabWriter};

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

    /// The rows, each as a line. What aligns them aligns all columns of a table to one side; so
    /// each of those that are flush right goes through it alone before, and is of one width then.
    fn rows(&self) -> Vec<String> {
        let rows = || {
            self.lines.iter().filter_map(|line| match line {
                Line::Row(cells) => Some(cells),
                Line::Note(_) => None,
            })
        };
        let mut lines = vec![Vec::new(); rows().count()];
        for (at, side) in self.columns.iter().enumerate() {
            let cells: Vec<&str> = rows().map(|row| row[at].as_str()).collect();
            let flush = match side {
                Side::Left => cells.into_iter().map(str::to_owned).collect(),
                Side::Right => flush_right(&cells),
            };
            lines.iter_mut().zip(flush).for_each(|(line, cell)| line.push(cell));
        }
        let lines: Vec<String> = lines.iter().map(|cells| cells.join("\t")).collect();
        aligned(TabWriter::new(Vec::new()).minwidth(0), &lines)
    }
}

fn flush_right(cells: &[&str]) -> Vec<String> {
    // A cell ends with a tab; the last one of a line is not aligned.
    let lines: Vec<String> = cells.iter().map(|cell| format!("{cell}\t")).collect();
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

/// Every line with its end.
impl<const N: usize> fmt::Display for Table<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = self.rows().into_iter();
        for line in &self.lines {
            match line {
                Line::Row(_) => {
                    let row = rows.next().unwrap_or_default();
                    writeln!(f, "{}", format!("{}{row}", self.indent).trim_end())?;
                }
                Line::Note(text) => writeln!(f, "{text}")?,
            }
        }
        Ok(())
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
    fn a_table_may_be_empty_or_end_with_an_empty_cell() {
        assert_eq!(Table::new([Left, Right]).to_string(), "");
        let mut table = Table::new([Left, Right]);
        table.row(["a", "1"]);
        table.row(["", ""]);
        assert_eq!(table.to_string(), "a  1\n\n");
    }
}
