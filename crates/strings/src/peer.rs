//! `lasso`, the usual interner, with a fast hash function.

use foldhash::fast::RandomState;
use lasso::{Key, Rodeo, Spur};

use crate::report::{Report, repeats, tags, top};

/// A column of tags.
#[derive(Debug)]
pub struct Column {
    numbers: Vec<Spur>,
    names: Rodeo<Spur, RandomState>,
}

/// Reads the tags of all events.
pub fn load(text: &str) -> Column {
    let mut names = Rodeo::with_hasher(RandomState::default());
    let numbers = tags(text).map(|tag| names.get_or_intern(tag)).collect();
    Column { numbers, names }
}

/// Counts and compares tags.
pub fn ask(column: &Column) -> Report {
    let mut counts = vec![0; column.names.len()];
    for number in &column.numbers {
        counts[number.into_usize()] += 1;
    }
    let counts = column.names.iter().map(|(number, tag)| (tag, counts[number.into_usize()]));
    let Column { numbers, .. } = column;
    Report { events: numbers.len(), repeats: repeats(numbers), top: top(counts) }
}

/// Bytes that the column occupies, without what the allocator adds.
pub fn bytes(column: &Column) -> usize {
    size_of_val(&column.numbers[..]) + column.names.current_memory_usage()
}
