//! A user's file: three filters over rows of numbers.

use harness::BadLine;

use crate::index::Index;

/// Reads rows of numbers and asks of each row, for up to three columns: is it above the column's
/// mean? A column of zeros and ones is a filter as it is. What is missing from three are questions
/// about the first column: has it risen since the row before? Is it within one standard deviation
/// of its mean?
///
/// # Errors
/// See [`harness::columns`].
pub fn from_file(text: &[u8]) -> Result<Index, BadLine> {
    let columns = harness::columns(text)?;
    let first = &columns[0];
    let mut filters: Vec<Vec<u64>> = columns.iter().take(3).map(|column| above(column)).collect();
    filters.push(pack(first.len(), |row| row > 0 && first[row] > first[row - 1]));
    filters.push(usual(first));
    let mut filters = filters.into_iter();
    let mut next = || filters.next().expect("one of a column, and two");
    Ok(Index::new(first.len(), [next(), next(), next()]))
}

/// Rows above the mean.
fn above(column: &[f64]) -> Vec<u64> {
    let mean = mean(column.iter().copied(), column.len());
    pack(column.len(), |row| column[row] > mean)
}

/// Rows within one standard deviation of the mean.
fn usual(column: &[f64]) -> Vec<u64> {
    let mean = mean(column.iter().copied(), column.len());
    let squares = column.iter().map(|number| (number - mean).powi(2));
    let deviation = self::mean(squares, column.len()).sqrt();
    pack(column.len(), |row| (column[row] - mean).abs() <= deviation)
}

/// Numbers are divided before they are added: their sum may not be finite.
fn mean(numbers: impl Iterator<Item = f64>, count: usize) -> f64 {
    numbers.map(|number| number / count as f64).sum()
}

/// One bit per row.
fn pack(rows: usize, holds: impl Fn(usize) -> bool) -> Vec<u64> {
    let mut words = vec![0; rows.div_ceil(64)];
    (0..rows).filter(|&row| holds(row)).for_each(|row| words[row / 64] |= 1 << (row % 64));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RUNGS, naive};
    use proptest::prelude::*;

    #[test]
    fn columns_become_filters() {
        for (text, filters) in [
            ("a,b,c\r\n1,0,7\r\n0,1,8\r\n1,1,9", ["101", "011", "001"]),
            ("1,0,7,5\n0,1,8,5\n1,1,9,5\n", ["101", "011", "001"]),
            ("5 0\n1 1\n6 1\n", ["101", "011", "001"]),
            ("5\n1\n6\n\n", ["101", "001", "101"]),
            ("5\n5", ["00", "00", "11"]),
            ("1e308\n1e308", ["00", "00", "11"]),
        ] {
            let index = from_file(text.as_bytes()).unwrap();
            let bits = |bools: &Vec<bool>| {
                bools.iter().map(|&bit| if bit { '1' } else { '0' }).collect::<String>()
            };
            assert_eq!(index.bools.each_ref().map(bits), filters, "{text:?}");
            harness::agree_on(RUNGS, index);
        }
        let rows = naive::matching(&from_file(b"0 1 0\n1 1 1\n").unwrap().bools);
        assert!(rows.is_empty()); // a column without two values is above nothing
    }

    #[test]
    fn a_bad_file_says_where() {
        for (text, line) in [("1,2\n3\n", 2), ("1\nx", 2), ("", 0)] {
            assert_eq!(from_file(text.as_bytes()).unwrap_err().line, line, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_rows(rows in proptest::collection::vec(any::<[i8; 2]>(), 1..300)) {
            let two: String = rows.iter().map(|[a, b]| format!("{a} {b}\n")).collect();
            let one: String = rows.iter().map(|[a, _]| format!("{a}\n")).collect();
            for text in [one, two] {
                harness::agree_on(RUNGS, from_file(text.as_bytes()).unwrap());
            }
        }
    }
}
