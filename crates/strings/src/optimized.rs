//! Numbers again, from a table that knows how short a tag is, and from one search over the text for
//! both kinds of separator.

use crate::report::{Report, repeats, top};
use crate::symbols::Symbols;

/// A column of tags.
#[derive(Debug)]
pub struct Column {
    numbers: Vec<u32>,
    names: Symbols,
}

/// Reads the tags of all events.
pub fn load(text: &str) -> Column {
    let (mut numbers, mut names) = (Vec::new(), Symbols::default());
    let mut start = None; // of the tag, once its line's first comma is passed
    for at in memchr::memchr2_iter(b',', b'\n', text.as_bytes()) {
        if text.as_bytes()[at] == b',' {
            start = start.or(Some(at + 1));
        } else if let Some(start) = start.take() {
            numbers.push(names.number(text, start..at));
        }
    }
    if let Some(start) = start {
        numbers.push(names.number(text, start..text.len()));
    }
    Column { numbers, names }
}

/// Counts and compares tags.
pub fn ask(column: &Column) -> Report {
    let mut counts = vec![0; column.names.len()];
    for &number in &column.numbers {
        counts[number as usize] += 1;
    }
    let counts = column.names.iter().map(|(tag, number)| (tag, counts[number as usize]));
    let Column { numbers, .. } = column;
    Report { events: numbers.len(), repeats: repeats(numbers), top: top(counts) }
}

/// Bytes that the column occupies, without what the allocator adds.
pub fn bytes(column: &Column) -> usize {
    size_of_val(&column.numbers[..]) + column.names.bytes()
}
