//! Three places in the text instead of one: where a row begins is known when the one before it has
//! been read, but rows of three parts wait for nothing of each other.

use crate::prefixes;
use crate::report::Report;
use crate::table::Table;
use crate::words::LONGEST;

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
    let [first, second] = [1, 2].map(|part| line_from(text, part * (text.len() / 3)));
    let (mut one, mut two, mut three) = (0, first, second);
    let last = (text.len() + 1).saturating_sub(LONGEST);
    while one < first && two < second && three < last {
        one = table.add_at(text, one);
        two = table.add_at(text, two);
        three = table.add_at(text, three);
    }
    for (at, end) in [(one, first), (two, second), (three, text.len())] {
        prefixes::add(table, text, at, end);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_where_they_begin() {
        let text = "ä;1.0\nb;2.0\n";
        let starts: Vec<usize> = (0..14).map(|at| line_from(text.as_bytes(), at)).collect();
        assert_eq!(starts, [0, 7, 7, 7, 7, 7, 7, 7, 13, 13, 13, 13, 13, 13]);
        assert_eq!(line_from(b"", 3), 0);
    }
}
