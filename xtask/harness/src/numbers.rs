//! Numbers from a user's file: one reader for all cases that work on numbers, so that one
//! description of the format holds for all.

use crate::file::{BadLine, shown};

/// What a file of numbers looks like: the end of every error.
const EXPECTED: &str =
    "expected one number per line, or several separated by spaces, commas or semicolons";

/// All numbers of a file, in reading order.
///
/// # Errors
/// See [`rows`].
pub fn numbers(text: &[u8]) -> Result<Vec<f64>, BadLine> {
    let mut all = Vec::new();
    rows(text, |_, row| {
        all.extend_from_slice(row);
        Ok(())
    })?;
    Ok(all)
}

/// The numbers of a file by column.
///
/// # Errors
/// See [`rows`]; or if two lines have different numbers of columns.
pub fn columns(text: &[u8]) -> Result<Vec<Vec<f64>>, BadLine> {
    let (mut columns, mut first) = (Vec::new(), 0);
    rows(text, |line, row| {
        if columns.is_empty() {
            (columns, first) = (vec![Vec::new(); row.len()], line);
        }
        same_columns((first, columns.len()), (line, row.len()))?;
        columns.iter_mut().zip(row).for_each(|(column, number)| column.push(*number));
        Ok(())
    })?;
    Ok(columns)
}

/// Holds a line's number of columns against that of the first: pairs of line and columns.
pub(crate) fn same_columns(first: (usize, usize), this: (usize, usize)) -> Result<(), BadLine> {
    if first.1 == this.1 {
        return Ok(());
    }
    let message = format!("{} columns, where line {} has {}", this.1, first.0, first.1);
    Err(BadLine::new(this.0, message))
}

/// Hands the number of each line and the numbers in it to `row`.
///
/// Numbers are separated by spaces, tabs, commas or semicolons. Empty lines are skipped, and so is
/// what follows a `#`. So is the first line that has anything in it, if nothing in it is a number:
/// a heading. A decimal point is a point; a comma separates, between digits too. What is no number,
/// or none that is finite, is refused: a mean over a gap is no mean.
///
/// # Errors
/// Names the line and shows what is no number in it; or the file has no number at all, or `row`
/// has an objection.
pub fn rows(
    text: &[u8],
    mut row: impl FnMut(usize, &[f64]) -> Result<(), BadLine>,
) -> Result<(), BadLine> {
    let (mut heading, mut any, mut numbers) = (true, false, Vec::new());
    for (line, fields) in lines(text) {
        numbers.clear();
        match fields_of(fields, &mut numbers) {
            Ok(()) if numbers.is_empty() => continue,
            Ok(()) => row(line, &numbers)?,
            Err(_) if heading && none_is_number(fields) => {
                heading = false;
                continue;
            }
            Err(message) => return Err(BadLine::new(line, format!("{message}; {EXPECTED}"))),
        }
        (heading, any) = (false, true);
    }
    if any { Ok(()) } else { Err(BadLine::new(0, format!("no number in it; {EXPECTED}"))) }
}

/// Lines by number, from 1; a byte order mark is no part of the first.
fn lines(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    (1..).zip(text.split(|&byte| byte == b'\n'))
}

/// Bytes that end a field: a table, because every byte of the file is looked up.
static ENDS: [bool; 256] = {
    let mut ends = [false; 256];
    let (bytes, mut at) = (b" \t\r,;#", 0);
    while at < bytes.len() {
        ends[bytes[at] as usize] = true;
        at += 1;
    }
    ends
};

/// Appends the numbers of a line.
fn fields_of(line: &[u8], numbers: &mut Vec<f64>) -> Result<(), String> {
    let (mut at, mut separator) = (0, None);
    while at < line.len() {
        match line[at] {
            b' ' | b'\t' | b'\r' => at += 1,
            b'#' => break,
            byte @ (b',' | b';') => match separator.replace(byte) {
                Some(other) if other != byte => {
                    return Err("both `,` and `;`: write decimals with a point".to_owned());
                }
                _ if empty_before(&line[..at]) => {
                    return Err(format!("nothing before a `{}`", char::from(byte)));
                }
                _ => at += 1,
            },
            _ => {
                let end = line[at..].iter().position(|&byte| ENDS[usize::from(byte)]);
                let token = &line[at..end.map_or(line.len(), |end| at + end)];
                numbers.push(number(token)?);
                at += token.len();
            }
        }
    }
    Ok(())
}

/// Whether the last field before a separator is empty.
fn empty_before(line: &[u8]) -> bool {
    line.trim_ascii_end().last().is_none_or(|byte| b",;".contains(byte))
}

fn number(token: &[u8]) -> Result<f64, String> {
    let number = std::str::from_utf8(token).ok().and_then(|token| token.parse::<f64>().ok());
    match number {
        Some(number) if number.is_finite() => Ok(number),
        Some(_) => Err(format!("{} is not a finite number", shown(token))),
        None => Err(format!("{} is no number", shown(token))),
    }
}

/// Whether a line may be a heading: text without a number.
fn none_is_number(line: &[u8]) -> bool {
    let text = line.split(|&byte| byte == b'#').next().unwrap_or_default();
    let mut fields = text.split(|&byte| ENDS[usize::from(byte)]).filter(|field| !field.is_empty());
    let binary = |c: char| c.is_control() && !matches!(c, '\t' | '\r');
    std::str::from_utf8(text).is_ok_and(|text| !text.contains(binary))
        && fields.all(|field| number(field).is_err())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_however_they_are_separated() {
        for text in [
            "1 -2.5 3e2",
            "1\n-2.5\n3e2\n",
            "1\r\n-2.5\r\n+300\r\n",
            "\u{feff}1, -2.5 ,3E2",
            "1;-2.5;300;\n",
            "\n\n# counts\n1\t-2.50 # two\n\n  300.  \n",
            "x,y\n1,-2.5\n300\n",
            "temperature of the air\n1\n-2.5\n300",
        ] {
            assert_eq!(numbers(text.as_bytes()), Ok(vec![1.0, -2.5, 300.0]), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_shown_with_its_line() {
        for (text, line, what) in [
            ("1\n2\nabc\n", 3, "`abc` is no number"),
            ("1\r\n\r\nabc\r\n", 3, "`abc` is no number; expected one number per line"),
            ("name 7\n1\n", 1, "`name` is no number"),
            ("a b\nc d\n1\n", 2, "`c` is no number"),
            ("1\nNaN\n", 2, "`NaN` is not a finite number"),
            ("1 -inf", 1, "`-inf` is not a finite"),
            ("1\n1e999", 2, "`1e999` is not a finite"),
            ("1\n2,,3\n", 2, "nothing before a `,`"),
            (",1", 1, "nothing before a `,`"),
            ("1,5;2,5", 1, "both `,` and `;`"),
            ("1'000", 0, "no number in it"),
            ("1\n1_000", 2, "`1_000` is no number"),
            ("1\n0x10", 2, "`0x10` is no number"),
            ("", 0, "no number in it"),
            ("# nothing\n\n", 0, "no number in it"),
            ("only words\n", 0, "no number in it"),
        ] {
            let wrong = numbers(text.as_bytes()).unwrap_err();
            assert_eq!(wrong.line, line, "{text:?}: {wrong:?}");
            assert!(wrong.message.contains(what), "{text:?}: {wrong:?}");
        }
    }

    #[test]
    fn garbage_is_no_heading_and_is_shown_escaped() {
        let wrong = numbers(b"\x7fELF\0\x01\n1\n").unwrap_err();
        assert_eq!(wrong.line, 1);
        assert!(wrong.message.starts_with("`\\u{7f}ELF\\0\\u{1}` is no number"), "{wrong:?}");
        assert_eq!(numbers(b"1\n\xff\xfe\n").unwrap_err().line, 2);
        let long = format!("1\n{}", "x".repeat(100_000));
        assert!(numbers(long.as_bytes()).unwrap_err().message.len() < 200);
    }

    #[test]
    fn columns_must_be_as_many_in_each_line() {
        assert_eq!(columns(b"a,b\n1,2\n3,4"), Ok(vec![vec![1.0, 3.0], vec![2.0, 4.0]]));
        let wrong = columns(b"\n1,2\n3\n").unwrap_err();
        assert_eq!(wrong, BadLine::new(3, "1 columns, where line 2 has 2"));
    }

    #[test]
    fn written_numbers_are_read_again() {
        for seed in 0..50_u64 {
            let mut bits = seed;
            let mut next = || {
                bits = bits.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(seed | 1);
                f64::from_bits(bits.rotate_left(17))
            };
            let written: Vec<f64> =
                (0..100).map(|_| next()).filter(|number| number.is_finite()).collect();
            let text: Vec<String> = written.iter().map(f64::to_string).collect();
            for separator in ["\n", " ", ",", "\r\n", "; "] {
                assert_eq!(numbers(text.join(separator).as_bytes()).as_ref(), Ok(&written));
            }
        }
    }
}
