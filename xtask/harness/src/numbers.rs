//! Numbers from a user's file: one reader for all cases that work on numbers, so that one
//! description of the format holds for all.

use crate::bad_line::{BadLine, shown};
use crate::file::lines_of;
use crate::formats;
use crate::from_file::{FromFile, Rows};
use crate::layout::Layout;

/// What a file of numbers looks like: the end of every error.
const EXPECTED: &str =
    "expected one number per line, or several separated by spaces, commas or semicolons";

/// All numbers of a file, in reading order.
///
/// # Errors
/// See [`rows`].
pub fn numbers(text: &[u8]) -> Result<FromFile<Vec<f64>>, BadLine> {
    let mut all = Vec::new();
    let read = rows(text, |_, row| {
        all.extend_from_slice(row);
        Ok(())
    })?;
    read.and_then(|()| Ok(all))
}

/// The first numbers of each line by column, as many as `most` at most: a job that works on three
/// columns needs no memory for a thousand.
///
/// # Errors
/// See [`rows`]; or if two lines have different numbers of columns.
pub fn columns(text: &[u8], most: usize) -> Result<FromFile<Vec<Vec<f64>>>, BadLine> {
    let (mut columns, mut first) = (Vec::new(), None);
    let read = rows(text, |line, row| {
        let first = *first.get_or_insert((line, row.len()));
        same_columns(first, (line, row.len()))?;
        columns.resize_with(row.len().min(most), Vec::new);
        columns.iter_mut().zip(row).for_each(|(column, number)| column.push(*number));
        Ok(())
    })?;
    read.and_then(|()| Ok(columns))
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
/// Numbers are separated by spaces, tabs, commas or semicolons: by what most of the first lines
/// have in common. Empty lines are skipped, and so is what follows a `#` or begins a line with `%`.
/// So are lines before the first with numbers: titles, and a heading if nothing in it is a number.
/// A decimal point is a point; a comma separates, between digits too. A line with a gap in it is
/// counted and left out: a mean over a gap is no mean. What else is no number is refused.
///
/// # Errors
/// Names the line and shows what is no number in it; or the file has no number at all, or `row`
/// has an objection.
pub fn rows(
    text: &[u8],
    mut row: impl FnMut(usize, &[f64]) -> Result<(), BadLine>,
) -> Result<FromFile<()>, BadLine> {
    formats::unlike_lines(text)?;
    if formats::matrix_market(text).is_some() {
        let message = "a MatrixMarket file: its lines are places of a matrix, not rows of numbers";
        return Err(BadLine::new(1, message));
    }
    let lines = content(text);
    let layout = Layout::of(lines.clone().map(|(_, line)| line), is_row);
    let before = before(lines.clone(), &layout)?;
    let mut counted = Rows::all("row", 0);
    let mut numbers = Vec::new();
    for (line, fields) in lines.skip(before.len()) {
        numbers.clear();
        match numbers_of(layout.fields(fields), &mut numbers) {
            Ok(None) => {
                row(line, &numbers)?;
                counted.add();
            }
            Ok(Some(gap)) => counted.skip(line, || format!("{} is a gap", shown(gap))),
            Err(message) => return Err(BadLine::new(line, format!("{message}; {EXPECTED}"))),
        }
    }
    Ok(FromFile { input: (), how: described(&layout, &before), rows: counted })
}

/// The layout, its heading, and what is left out before it.
fn described(layout: &Layout, before: &[&[u8]]) -> String {
    let heading = before
        .last()
        .copied()
        .filter(|line| layout.columns == 1 || layout.fields(line).count() == layout.columns);
    let how = format!("numbers in {}", layout.described(heading));
    match before.len() - usize::from(heading.is_some()) {
        0 => how,
        1 => format!("{how}; the line before the table left out"),
        titles => format!("{how}; {titles} lines before the table left out"),
    }
}

/// Lines that have something in them, by number, without comments.
fn content(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> + Clone {
    lines_of(text).filter_map(|(line, text)| {
        let end = text.iter().position(|&byte| byte == b'#').unwrap_or(text.len());
        let text = text[..end].trim_ascii_end();
        (!text.trim_ascii_start().is_empty() && !text.starts_with(b"%")).then_some((line, text))
    })
}

/// The lines before the first with numbers.
fn before<'a>(
    lines: impl Iterator<Item = (usize, &'a [u8])> + Clone,
    layout: &Layout,
) -> Result<Vec<&'a [u8]>, BadLine> {
    if !layout.fits_any() {
        return Err(no_row(lines, layout));
    }
    let fits = |line: &[u8]| is_row(layout.fields(line));
    let before = lines.take_while(|(_, line)| !fits(line));
    before
        .map(|(line, text)| {
            heading(text, layout).map_err(|why| BadLine::new(line, why)).map(|()| text)
        })
        .collect()
}

/// Refuses a line before the table that may be one of its rows: one with as many columns, and a
/// number in it.
fn heading(line: &[u8], layout: &Layout) -> Result<(), String> {
    const ADVICE: &str = "a heading has no number; a remark begins with `#`";
    let fields: Vec<&[u8]> = match layout.columns {
        1 => tokens(line).collect(),
        columns => layout.fields(line).take(columns + 1).collect(),
    };
    let row = layout.columns == 1 || fields.len() == layout.columns;
    let mixed = row && fields.iter().any(|field| number(field).is_ok());
    let binary = line.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t');
    let wrong = fields.into_iter().find(|field| number(field).is_err()).unwrap_or(line);
    if mixed || binary || std::str::from_utf8(line).is_err() {
        return Err(format!("{} is no number; {EXPECTED}; {ADVICE}", shown(wrong)));
    }
    Ok(())
}

/// What is separated by anything that may separate.
pub(crate) fn tokens(line: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    line.split(|byte| b" \t,;".contains(byte)).filter(|token| !token.is_empty())
}

/// Why there is no row of numbers. The first line may be a heading, if nothing in it is a number.
fn no_row<'a>(lines: impl Iterator<Item = (usize, &'a [u8])>, layout: &Layout) -> BadLine {
    let mut lines = lines.peekable();
    let heads = |(_, line): &(usize, &[u8])| tokens(line).all(|token| number(token).is_err());
    lines.next_if(heads);
    let Some((line, text)) = lines.next() else {
        return BadLine::new(0, format!("no number in it; {EXPECTED}"));
    };
    let message = match numbers_of(layout.fields(text), &mut Vec::new()) {
        Ok(gap) => format!("{} is a gap", shown(gap.unwrap_or_default())),
        Err(message) => tokens(text).find_map(|token| number(token).err()).unwrap_or(message),
    };
    BadLine::new(line, format!("{message}; {EXPECTED}"))
}

/// Whether fields are numbers and gaps, and not gaps alone.
fn is_row<'a>(fields: impl Iterator<Item = &'a [u8]>) -> bool {
    let mut any = false;
    for field in fields {
        match number(field) {
            Ok(_) => any = true,
            Err(_) if is_gap(field) => {}
            Err(_) => return false,
        }
    }
    any
}

/// Appends the numbers of a line, or says where it has a gap.
fn numbers_of<'a>(
    fields: impl Iterator<Item = &'a [u8]>,
    numbers: &mut Vec<f64>,
) -> Result<Option<&'a [u8]>, String> {
    let mut gap = None;
    for field in fields {
        match number(field) {
            Ok(number) => numbers.push(number),
            Err(_) if is_gap(field) => gap = gap.or(Some(field)),
            Err(message) => return Err(message),
        }
    }
    Ok(gap)
}

/// What stands where a number is missing.
fn is_gap(field: &[u8]) -> bool {
    const GAPS: [&str; 8] = ["na", "n/a", "nan", "null", "none", "-", "--", "?"];
    field.iter().all(|&byte| byte == b'*')
        || GAPS.iter().any(|gap| field.eq_ignore_ascii_case(gap.as_bytes()))
}

fn number(token: &[u8]) -> Result<f64, String> {
    if let Some(whole) = whole(token) {
        return Ok(whole);
    }
    let number = std::str::from_utf8(token).ok().and_then(|token| token.parse::<f64>().ok());
    match number {
        Some(number) if number.is_finite() => Ok(number),
        Some(_) => Err(format!("{} is not a finite number", shown(token))),
        None if is_decimal_comma(token) => {
            Err(format!("{} is no number: write decimals with a point", shown(token)))
        }
        None => Err(format!("{} is no number", shown(token))),
    }
}

/// A number of so few digits that each step is exact: most fields of most files.
fn whole(token: &[u8]) -> Option<f64> {
    let digits = (1..=15).contains(&token.len()) && token.iter().all(u8::is_ascii_digit);
    let add = |sum: u64, digit: &u8| sum * 10 + u64::from(digit - b'0');
    digits.then(|| token.iter().fold(0, add) as f64)
}

fn is_decimal_comma(token: &[u8]) -> bool {
    token.contains(&b',') && token.iter().all(|byte| b"0123456789,.-+".contains(byte))
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
            let read = numbers(text.as_bytes()).unwrap();
            assert_eq!(read.input, [1.0, -2.5, 300.0], "{text:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_shown_with_its_line() {
        for (text, line, what) in [
            ("1\n2\nabc\n", 3, "`abc` is no number"),
            ("1\r\n\r\nabc\r\n", 3, "`abc` is no number; expected one number per line"),
            ("name 7\n1\n", 1, "`name` is no number"),
            ("name,7\n1,2\n", 1, "`name` is no number"),
            ("a b\nc d\n", 2, "`c` is no number"),
            ("k,0.5\nk1,0.25\n", 1, "`k` is no number"),
            ("k,v\nk1,0.25\n", 2, "`k1` is no number"),
            ("1 -inf", 1, "`-inf` is not a finite"),
            ("1\n1e999", 2, "`1e999` is not a finite"),
            ("1;2\n1,5;2,5", 2, "`1,5` is no number: write decimals with a point"),
            ("{\"a\": [1, 2]}", 1, "it is JSON"),
            ("%%MatrixMarket matrix coordinate real general\n2 2 1\n1 2 3\n", 1, "places of"),
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
    fn titles_headings_and_gaps_are_left_out_and_said() {
        let table = "Land-Ocean: Global Means 1880\nYear,Jan,Feb\n1880,-.19,***\n1881,-.2,.1\n\
                     1882,,1\n1883,1,NaN\n1884,1,2\n1885,3,4\n";
        let read = columns(table.as_bytes(), 9).unwrap();
        assert_eq!(read.input[0], [1881.0, 1884.0, 1885.0]);
        assert_eq!(
            read.how,
            "numbers in 3 columns separated by commas: `Year`, `Jan`, `Feb`; the line before the \
             table left out"
        );
        assert_eq!((read.rows.used, read.rows.there), (3, 6));
        assert_eq!(read.rows.unused, Some(BadLine::new(3, "`***` is a gap")));
        assert_eq!(read.enough().unwrap().1.used, 3);
        assert!(numbers(b"1,\n,2\n3,\n4,5\n").unwrap().enough().is_err());
    }

    #[test]
    fn columns_must_be_as_many_in_each_line() {
        let read = |most| columns(b"a,b\n1,2\n3,4", most).unwrap().input;
        assert_eq!(read(2), [[1.0, 3.0], [2.0, 4.0]]);
        assert_eq!(read(1), [[1.0, 3.0]]);
        let wrong = columns(b"\n1,2\n3\n", 9).unwrap_err();
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
                let read = numbers(text.join(separator).as_bytes()).unwrap();
                assert_eq!(read.input, written);
            }
        }
    }
}
