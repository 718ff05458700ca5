//! A number for each tag, and each distinct tag once.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use crate::report::{Report, repeats, tags, top};

/// A column of tags, which are hashed by `S`.
#[derive(Debug)]
pub struct Column<S = RandomState> {
    numbers: Vec<u32>,
    names: HashMap<Box<str>, u32, S>,
}

/// Reads the tags of all events.
pub fn load(text: &str) -> Column {
    load_by(text)
}

/// The same with any hash function.
pub(crate) fn load_by<S: BuildHasher + Default>(text: &str) -> Column<S> {
    let mut names: HashMap<Box<str>, u32, S> = HashMap::default();
    let number = |tag: &str| {
        let next = names.len() as u32;
        names.get(tag).copied().unwrap_or_else(|| *names.entry(tag.into()).or_insert(next))
    };
    let numbers = tags(text).map(number).collect();
    Column { numbers, names }
}

/// Counts and compares tags.
pub fn ask<S>(column: &Column<S>) -> Report {
    let mut counts = vec![0; column.names.len()];
    for &number in &column.numbers {
        counts[number as usize] += 1;
    }
    let counts = column.names.iter().map(|(tag, &number)| (&**tag, counts[number as usize]));
    let Column { numbers, .. } = column;
    Report { events: numbers.len(), repeats: repeats(numbers), top: top(counts) }
}

/// Bytes that the column occupies, without what the allocator adds.
pub fn bytes<S>(column: &Column<S>) -> usize {
    let slot = size_of::<(Box<str>, u32)>() + 1;
    let names: usize = column.names.keys().map(|tag| tag.len()).sum();
    size_of_val(&column.numbers[..]) + (column.names.capacity() * 8).div_ceil(7) * slot + names
}
