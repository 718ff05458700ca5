//! The standard library, line by line: a `String` for the line, one for the name, a fraction of the
//! rest, and a map.

use std::collections::HashMap;
use std::io::BufRead;

use crate::degrees::Degrees;
use crate::report::Report;

/// Least, mean and most of each station.
///
/// # Panics
/// If a line is not a name, a semicolon and a number, or cannot be read.
pub fn report(text: impl BufRead) -> Report {
    let mut stations: HashMap<String, Degrees> = HashMap::new();
    for line in text.lines() {
        let line = line.expect("lines can be read and are UTF-8");
        let (name, degrees) = line.split_once(';').expect("a semicolon is in each line");
        let degrees = degrees.parse().expect("a number is behind the semicolon");
        stations.entry(name.to_owned()).or_default().add(degrees);
    }
    Report::new(stations.iter().map(|(name, degrees)| (name.as_bytes(), degrees.totals())))
}
