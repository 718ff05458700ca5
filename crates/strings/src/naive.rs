//! A `String` for each tag.

use std::collections::HashMap;

use crate::report::{Report, repeats, tags, top};

/// A column of tags.
pub type Column = Vec<String>;

/// Reads the tags of all events.
pub fn load(text: &str) -> Column {
    tags(text).map(str::to_owned).collect()
}

/// Counts and compares tags.
pub fn ask(column: &Column) -> Report {
    let mut counts = HashMap::new();
    for tag in column {
        *counts.entry(tag.as_str()).or_insert(0) += 1;
    }
    Report { events: column.len(), repeats: repeats(column), top: top(counts.into_iter()) }
}

/// Bytes that the column occupies, without what the allocator adds.
pub fn bytes(column: &Column) -> usize {
    column.iter().map(|tag| size_of::<String>() + tag.capacity()).sum()
}
