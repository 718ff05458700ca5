//! A user's file: three filters over rows of numbers.

use harness::{BadLine, FromFile};

use crate::index::Index;

/// Reads rows of numbers and asks of each row, for up to three columns: is it above the column's
/// mean? A column of zeros and ones is a filter as it is. What is missing from three are questions
/// about the first column: has it risen since the row before? Is it within one standard deviation
/// of its mean?
///
/// # Errors
/// See [`harness::columns`]; or if no row is in all three.
pub fn from_file(text: &[u8]) -> Result<FromFile<Index>, BadLine> {
    let file = harness::columns(text, FILTERS)?;
    let asked = match file.input.len() {
        1 => "asks of it: above the mean, risen since the row before, near the mean?",
        2 => "asks of each: above the mean? and of the first: risen since the row before?",
        _ => "asks of each of the first three: above the mean?",
    };
    file.for_job(asked).and_then(|columns| index(&columns))
}

/// Filters of a query.
const FILTERS: usize = 3;

fn index(columns: &[Vec<f64>]) -> Result<Index, BadLine> {
    let rows = columns.first().map_or(0, Vec::len);
    let filters = filters(columns);
    let [a, b, c] = &filters;
    if rows > 0 && a.iter().zip(b).zip(c).all(|((a, b), c)| a & b & c == 0) {
        let message = "no row passes all three filters, so there is nothing to find; are all \
                       numbers equal?";
        return Err(BadLine::new(0, message));
    }
    Ok(Index::new(rows, filters))
}

fn filters(columns: &[Vec<f64>]) -> [Vec<u64>; FILTERS] {
    let mut filters: Vec<Vec<u64>> = columns.iter().map(|column| above(column)).collect();
    let first = columns.first().map_or(&[][..], |column| column);
    filters.push(pack(first.len(), |row| row > 0 && first[row] > first[row - 1]));
    filters.push(usual(first));
    let mut filters = filters.into_iter();
    [(); FILTERS].map(|()| filters.next().unwrap_or_default())
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
    use crate::RUNGS;
    use proptest::prelude::*;

    #[test]
    fn columns_become_filters() {
        for (text, filters) in [
            ("a,b,c\r\n1,0,7\r\n0,1,8\r\n1,1,9", ["101", "011", "001"]),
            ("1,0,7,5\n0,1,8,5\n1,1,9,5\n", ["101", "011", "001"]),
            ("5 0\n1 1\n6 1\n", ["101", "011", "001"]),
            ("5\n1\n6\n\n", ["101", "001", "101"]),
        ] {
            let index = from_file(text.as_bytes()).unwrap().input;
            let bits = |bools: &Vec<bool>| {
                bools.iter().map(|&bit| if bit { '1' } else { '0' }).collect::<String>()
            };
            assert_eq!(index.bools.each_ref().map(bits), filters, "{text:?}");
            harness::agree_on(RUNGS, index);
        }
    }

    #[test]
    fn a_question_that_no_row_answers_is_refused() {
        for number in [5.0, 1e308] {
            assert_eq!(filters(&[vec![number; 2]]), [[0], [0], [3]]);
        }
        // A column without two values is above nothing.
        for text in ["5\n5", "1e308\n1e308", "0 1 0\n1 1 1\n", "5"] {
            let wrong = from_file(text.as_bytes()).unwrap_err();
            assert!(wrong.message.contains("nothing to find"), "{text:?}: {wrong:?}");
        }
    }

    #[test]
    fn a_bad_file_says_where() {
        for (text, line) in [("1,2\n3\n", 2), ("1\nx", 2), ("", 0)] {
            assert_eq!(from_file(text.as_bytes()).unwrap_err().line, line, "{text:?}");
        }
    }

    #[test]
    fn hostile_files_are_understood_or_refused() {
        harness::hold_reader(RUNGS, from_file);
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_rows(rows in proptest::collection::vec(any::<[i8; 2]>(), 1..300)) {
            let two: String = rows.iter().map(|[a, b]| format!("{a} {b}\n")).collect();
            let one: String = rows.iter().map(|[a, _]| format!("{a}\n")).collect();
            for text in [one, two] {
                if let Ok(file) = from_file(text.as_bytes()) {
                    harness::agree_on(RUNGS, file.input);
                }
            }
        }
    }
}
