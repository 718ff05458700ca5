//! Pairs of names from a user's file: edges of a graph, trips, look-ups.

use std::collections::HashMap;

use crate::file::{self, BadLine, shown};
use crate::numbers::same_columns;

/// Columns beyond which lines are no pairs with a weight and a date, but something else.
const MOST_COLUMNS: usize = 4;

/// Pairs whose names are numbered from 0 in the order in which they first come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs {
    /// How many names there are.
    pub names: usize,
    /// The first two columns of each line.
    pub pairs: Vec<(u32, u32)>,
}

/// Reads one pair per line, separated by spaces, tabs, commas or semicolons. A name is any text
/// without those; numbers are names like others. Third and fourth columns (a weight, a date) are
/// left out. Empty lines, and lines that begin with `#` or `%`, are skipped.
///
/// # Errors
/// Names the line that is not UTF-8, has no pair, or has more columns or fewer than the first.
pub fn pairs(text: &[u8]) -> Result<Pairs, BadLine> {
    const EXPECTED: &str = "expected two names per line";
    let text = file::text(text)?;
    let (mut known, mut pairs, mut first) = (HashMap::new(), Vec::new(), None);
    for (at, line) in text.trim_start_matches('\u{feff}').split('\n').enumerate() {
        let line = line.trim_ascii();
        if line.is_empty() || line.starts_with(['#', '%']) {
            continue;
        }
        let mut names = line
            .split(|c: char| c.is_ascii_whitespace() || c == ',' || c == ';')
            .filter(|name| !name.is_empty());
        let (Some(one), Some(other)) = (names.next(), names.next()) else {
            let message = format!("{} alone; {EXPECTED}", shown(line.as_bytes()));
            return Err(BadLine::new(at + 1, message));
        };
        let columns = (at + 1, 2 + names.count());
        if columns.1 > MOST_COLUMNS {
            let message = format!("{} columns; {EXPECTED}", columns.1);
            return Err(BadLine::new(at + 1, message));
        }
        same_columns(*first.get_or_insert(columns), columns)?;
        let mut id = |name| {
            let new = known.len() as u32; // a file has fewer bytes than that
            *known.entry(name).or_insert(new)
        };
        pairs.push((id(one), id(other)));
    }
    if pairs.is_empty() {
        return Err(BadLine::new(0, format!("nothing but comments; {EXPECTED}")));
    }
    Ok(Pairs { names: known.len(), pairs })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_numbered_as_they_come() {
        let expected = Pairs { names: 3, pairs: vec![(0, 1), (2, 0), (1, 1)] };
        for text in [
            "a b\nc a\nb b",
            "# graph\r\n900 18446744073709551616\r\n\r\n-1 900\r\n18446744073709551616 18446744073709551616\r\n",
            "%%MatrixMarket\nx,y,0.5\nz,x,1\ny,y,2\n",
            "\u{feff}ä\tb\nc\tä\nb\tb\n",
        ] {
            assert_eq!(pairs(text.as_bytes()).as_ref(), Ok(&expected), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_pair_is_named_with_its_line() {
        for (text, line, what) in [
            (&b"a b\nc\n"[..], 2, "`c` alone; expected two names"),
            (b"a b\n\nc d e\n", 3, "3 columns, where line 1 has 2"),
            (b"to be or not to be\n", 1, "6 columns"),
            (b"a b\n\xff c\n", 2, "not UTF-8"),
            (b"", 0, "nothing but comments"),
            (b"# a b\n\n", 0, "nothing but comments"),
        ] {
            let wrong = pairs(text).unwrap_err();
            assert_eq!(wrong.line, line, "{wrong:?}");
            assert!(wrong.message.contains(what), "{wrong:?}");
        }
    }
}
