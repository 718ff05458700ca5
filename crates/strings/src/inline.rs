//! A string that is as large as a `String` and has its text inside if that has up to 24 bytes.

use std::collections::HashMap;

use compact_str::CompactString;

use crate::report::{Report, repeats, tags, top};

/// A column of tags.
pub type Column = Vec<CompactString>;

/// Reads the tags of all events.
pub fn load(text: &str) -> Column {
    tags(text).map(CompactString::new).collect()
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
    let spilled = |tag: &CompactString| if tag.is_heap_allocated() { tag.capacity() } else { 0 };
    column.iter().map(|tag| size_of::<CompactString>() + spilled(tag)).sum()
}
