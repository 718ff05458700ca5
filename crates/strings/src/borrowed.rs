//! A `&str` for each tag: the text is in memory already.

use std::collections::HashMap;

use crate::report::{Report, repeats, tags, top};

/// A column of tags, which lives as long as the text does.
pub type Column<'text> = Vec<&'text str>;

/// Reads the tags of all events.
pub fn load(text: &str) -> Column<'_> {
    tags(text).collect()
}

/// Counts and compares tags.
pub fn ask(column: &Column<'_>) -> Report {
    let mut counts = HashMap::new();
    for &tag in column {
        *counts.entry(tag).or_insert(0) += 1;
    }
    Report { events: column.len(), repeats: repeats(column), top: top(counts.into_iter()) }
}

/// Bytes that the column occupies, with the text that it keeps in memory.
pub fn bytes(column: &Column<'_>, text: &str) -> usize {
    size_of_val(&column[..]) + text.len()
}
