//! A user's file: any text in columns, grouped by the first and adding up the one that holds
//! numbers.

use std::borrow::Cow;

use harness::{BadLine, FromFile, Rows, line_at, shown};

use crate::borrow::{Records, closing_quote, field_end};
use crate::export::{Export, number};
use crate::optimized;

/// Records that are looked at, and bytes after which no further one is: what a file is judged by.
const SAMPLE: usize = 1_000;
const BYTES: usize = 1 << 20;

/// Reads a text whose columns are separated by tabs, commas, semicolons or spaces, whichever gives
/// the most of the first records the same number of columns. Groups by the first column and adds up
/// the one that has the most whole numbers in those records.
///
/// # Errors
/// If nothing splits the text into columns, no column has whole numbers, quotes are opened and
/// never closed, or the text has another structure than lines.
pub fn from_file(bytes: &[u8]) -> Result<FromFile<Export>, BadLine> {
    let unread = Export::new(bytes.to_vec(), b',', 0, 0);
    let text = unread.text.as_slice();
    let is_line_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let Some(start) = text.iter().position(|byte| !is_line_end(byte)) else {
        return Err(BadLine::new(0, "the file has nothing but empty lines"));
    };
    harness::unlike_lines(text)?;
    let layout = Layout::of(text).ok_or_else(|| {
        let message = "one column: no tab, comma, semicolon or space splits it into key and value";
        BadLine::new(line_at(text, start), message)
    })?;
    if let Some(quote) = unclosed_quote(text, layout.separator) {
        let message = "a quote opens a field here and is not closed before the end of the file";
        return Err(BadLine::new(line_at(text, quote), message));
    }
    let how = layout.described(text);
    let export = Export::new(unread.text, layout.separator, 0, layout.value);
    let rows = rows(&export, &layout);
    Ok(FromFile { input: export, how, rows })
}

/// Separator and columns of a text.
struct Layout {
    separator: u8,
    /// Of most records.
    columns: usize,
    /// How many records have as many.
    alike: usize,
    /// The column with the most whole numbers.
    value: usize,
    /// How many of the records have one there.
    numbers: usize,
}

impl Layout {
    fn of(text: &[u8]) -> Option<Self> {
        let all = [b'\t', b',', b';', b' '].map(|separator| Self::with(text, separator));
        let split = all.into_iter().rev().filter(|layout| layout.columns > 1);
        // Spaces are in many texts, and of equally good separators the first is taken.
        split.max_by_key(|layout| (layout.alike, layout.separator != b' ', layout.columns))
    }

    fn with(text: &[u8], separator: u8) -> Self {
        let (mut counts, mut numbers): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        first_records(text, separator, |_, record| {
            numbers.resize(numbers.len().max(record.len()), 0);
            for (sum, field) in numbers.iter_mut().zip(record) {
                *sum += usize::from(number(field).is_some());
            }
            counts.push(record.len());
            true
        });
        let mut sorted = counts.clone();
        sorted.sort_unstable();
        let runs = sorted.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0]));
        let alike = runs.clone().map(|(alike, _)| alike).max().unwrap_or(0);
        let mut modes: Vec<usize> = Vec::new();
        modes.extend(runs.filter(|run| run.0 == alike).map(|(_, columns)| columns));
        // Of equally frequent numbers of columns, that of the earliest record.
        let columns = counts.into_iter().find(|columns| modes.binary_search(columns).is_ok());
        let columns = columns.unwrap_or(0);
        let value = (1..columns).max_by_key(|&column| numbers[column]).unwrap_or(1);
        let numbers = numbers.get(value).copied().unwrap_or(0);
        Self { separator, columns, alike, value, numbers }
    }

    /// In words, with the names of key and value if a heading gives them.
    fn described(&self, text: &[u8]) -> String {
        let separator = match self.separator {
            b'\t' => "tabs",
            b';' => "semicolons",
            b' ' => "spaces",
            _ => "commas",
        };
        let (titles, heading) = self.before(text);
        let name = |column: usize| match &heading {
            Some(fields) => shown(&fields[column]),
            None => format!("column {}", column + 1),
        };
        let (key, value, columns) = (name(0), name(self.value), self.columns);
        let how = format!("{columns} columns separated by {separator}; groups by {key}, adds up");
        match titles {
            0 => format!("{how} {value}"),
            1 => format!("{how} {value}; the line before the table left out"),
            titles => format!("{how} {value}; {titles} lines before the table left out"),
        }
    }

    /// The records before the first that has all columns, which are titles; and that one, if it has
    /// no whole number among the values and so is a heading.
    fn before(&self, text: &[u8]) -> (usize, Option<Vec<Vec<u8>>>) {
        let (mut titles, mut heading) = (0, None);
        first_records(text, self.separator, |_, record| {
            let title = record.len() != self.columns;
            titles += usize::from(title);
            if !title && self.numbers > 0 && number(&record[self.value]).is_none() {
                heading = Some(record.iter().map(|field| field.to_vec()).collect());
            }
            title
        });
        (titles, heading)
    }
}

/// Rows with a whole number among the rows that are there; titles and a heading are none.
fn rows(export: &Export, layout: &Layout) -> Rows {
    let report = optimized::sums(export);
    let used = report.groups.iter().map(|group| group.totals.rows).sum::<u64>() as usize;
    let (titles, heading) = layout.before(&export.text);
    let before = titles + usize::from(heading.is_some());
    let there = (used + report.skipped as usize).saturating_sub(before).max(used);
    let unused = (used < there).then(|| unused(export, layout, before));
    Rows { unit: "row", there, used, unused }
}

/// The first row without a whole number, or why none has one.
fn unused(export: &Export, layout: &Layout, before: usize) -> BadLine {
    let (text, column) = (export.text.as_slice(), layout.value + 1);
    if layout.numbers == 0 {
        let message = "no column behind the first has whole numbers, and nothing else is added up";
        return BadLine::new(0, message);
    }
    let (mut left, mut wrong) = (before, BadLine::new(0, "a row without a whole number"));
    first_records(text, export.separator, |at, record| {
        let value = record.get(layout.value);
        let odd = value.is_none_or(|field| number(field).is_none());
        let found = odd && left == 0;
        left -= usize::from(odd && left > 0);
        if found {
            let what = value.map_or("nothing".to_owned(), |field| shown(field));
            let message = format!("{what} in column {column} is no whole number");
            wrong = BadLine::new(line_at(text, at), message);
        }
        !found
    });
    wrong
}

/// Hands the first records to `look`, with where they begin, until that has seen enough.
fn first_records(
    text: &[u8],
    separator: u8,
    mut look: impl FnMut(usize, &[Cow<'_, [u8]>]) -> bool,
) {
    let (mut records, mut record) = (Records { rest: text, separator }, Vec::new());
    for _ in 0..SAMPLE {
        let at = text.len() - records.rest.len();
        if at > BYTES || !records.next(&mut record) || !look(at, &record) {
            return;
        }
    }
}

/// Where a quoted field opens that reaches the end of the text.
fn unclosed_quote(text: &[u8], separator: u8) -> Option<usize> {
    let mut start = 0;
    while start < text.len() {
        let end = start + field_end(&text[start..], separator);
        if end == text.len() && text[start] == b'"' && closing_quote(&text[start..]).is_none() {
            return Some(start);
        }
        start = end + 1;
    }
    None
}
