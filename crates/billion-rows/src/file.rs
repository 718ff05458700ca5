//! A file of the user's: the challenge's own, or whatever else has a name and a number in each
//! line.

use harness::{BadLine, FromFile, Rows, shown};

/// Bytes that a name may have.
const LONGEST: usize = 100;

/// Lines of a name, a semicolon, and degrees with one decimal.
///
/// # Errors
/// Names the first line that is something else.
pub fn from_file(bytes: &[u8]) -> Result<FromFile<Vec<u8>>, BadLine> {
    let text = harness::text(bytes)?;
    for (number, line) in (1..).zip(text.lines()) {
        let row = line.split_once(';');
        let is_row = |(name, degrees): (&str, &str)| {
            (1..=LONGEST).contains(&name.len()) && is_number(degrees)
        };
        if !row.is_some_and(is_row) {
            let wrong = "is not a name of at most 100 bytes, a semicolon, and degrees like -12.3";
            return Err(BadLine::new(number, format!("{} {wrong}", shown(line.as_bytes()))));
        }
    }
    let (how, rows) = ("names and degrees".to_owned(), Rows::all("row", text.lines().count()));
    Ok(FromFile { input: text.into(), how, rows })
}

/// Whether this is `1.2` or `12.3`, a minus before it or not.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    match digits {
        [ones, b'.', tenths] => ones.is_ascii_digit() && tenths.is_ascii_digit(),
        [tens, ones, b'.', tenths] => [tens, ones, tenths].iter().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}
