//! The text stays where it is and is bytes: ends are found by `memchr`, names are slices, and
//! nobody asks whether they are UTF-8 until the end.

use std::collections::HashMap;

use memchr::memchr;

use crate::degrees::Degrees;
use crate::report::Report;

/// Least, mean and most of each station.
///
/// # Panics
/// If a line is not a name, a semicolon and a number.
pub fn report(text: &[u8]) -> Report {
    let mut stations: HashMap<&[u8], Degrees> = HashMap::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (name, behind) = split_at(rest, b';').expect("a semicolon is in each line");
        let (degrees, next) = split_at(behind, b'\n').unwrap_or((behind, &[]));
        let degrees = str::from_utf8(degrees).ok().and_then(|degrees| degrees.parse().ok());
        stations.entry(name).or_default().add(degrees.expect("a number is behind the semicolon"));
        rest = next;
    }
    Report::new(stations.iter().map(|(name, degrees)| (*name, degrees.totals())))
}

/// What is before the first of these bytes, and what is behind it.
fn split_at(text: &[u8], byte: u8) -> Option<(&[u8], &[u8])> {
    let at = memchr(byte, text)?;
    Some((&text[..at], &text[at + 1..]))
}
