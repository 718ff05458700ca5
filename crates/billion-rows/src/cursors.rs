//! Four places in the text instead of one: where a row begins is known when the one before is read,
//! but rows of four parts wait for nothing of each other.

use crate::prefixes;
use crate::report::Report;
use crate::row::Row;
use crate::table::Table;
use crate::words::LONGEST;

/// Parts that are read at the same time.
const CURSORS: usize = 4;

/// Least, mean and most of each station.
///
/// # Panics
/// If a line is not a name, a semicolon and a number.
pub fn report(text: &[u8]) -> Report {
    let mut table = Table::default();
    add(&mut table, text);
    table.report()
}

/// Adds all rows of a text.
pub(crate) fn add(table: &mut Table, text: &[u8]) {
    let part = text.len() / CURSORS;
    let mut places: [usize; CURSORS] = std::array::from_fn(|at| line_from(text, at * part));
    let mut ends = [text.len(); CURSORS];
    ends[..CURSORS - 1].copy_from_slice(&places[1..]);
    let last = (text.len() + 1).saturating_sub(LONGEST);
    while (0..CURSORS).all(|at| places[at] < ends[at].min(last)) {
        let rows = places.map(|place| Row::read(text, place));
        for (place, row) in places.iter_mut().zip(&rows) {
            table.add(text, *place, row);
            *place = row.next;
        }
    }
    for (place, end) in places.into_iter().zip(ends) {
        prefixes::add(table, text, place, end);
    }
}

/// Where the first line begins that begins at this place or behind it.
pub(crate) fn line_from(text: &[u8], place: usize) -> usize {
    if place == 0 {
        return 0;
    }
    let before = place.min(text.len()) - usize::from(!text.is_empty());
    memchr::memchr(b'\n', &text[before..]).map_or(text.len(), |at| before + at + 1)
}
