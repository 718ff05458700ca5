//! Numbers again, but a tag is hashed once, also when it is new: the table that is below the
//! standard map takes a hash, and says either who is there or where there is room.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use crate::report::{Report, repeats, tags, top};

/// A column of tags.
#[derive(Debug)]
pub struct Column {
    numbers: Vec<u32>,
    names: HashTable<(Box<str>, u32)>,
}

/// Reads the tags of all events.
pub fn load(text: &str) -> Column {
    let (random, mut names) = (RandomState::default(), HashTable::<(Box<str>, u32)>::new());
    let number = |tag: &str| {
        let next = names.len() as u32;
        let is_tag = |(name, _): &(Box<str>, u32)| **name == *tag;
        match names.entry(random.hash_one(tag), is_tag, |(name, _)| random.hash_one(name)) {
            Entry::Occupied(name) => name.get().1,
            Entry::Vacant(free) => {
                free.insert((tag.into(), next));
                next
            }
        }
    };
    let numbers = tags(text).map(number).collect();
    Column { numbers, names }
}

/// Counts and compares tags.
pub fn ask(column: &Column) -> Report {
    let mut counts = vec![0; column.names.len()];
    for &number in &column.numbers {
        counts[number as usize] += 1;
    }
    let counts = column.names.iter().map(|(tag, number)| (&**tag, counts[*number as usize]));
    let Column { numbers, .. } = column;
    Report { events: numbers.len(), repeats: repeats(numbers), top: top(counts) }
}

/// Bytes that the column occupies, without what the allocator adds.
pub fn bytes(column: &Column) -> usize {
    let slot = size_of::<(Box<str>, u32)>() + 1;
    let names: usize = column.names.iter().map(|(tag, _)| tag.len()).sum();
    size_of_val(&column.numbers[..]) + (column.names.capacity() * 8).div_ceil(7) * slot + names
}
