//! One buffer for all lines, and a name is copied only when it is new: nothing is allocated for a
//! row.

use std::collections::HashMap;
use std::io::BufRead;

use crate::degrees::Degrees;
use crate::report::Report;

/// Least, mean and most of each station.
///
/// # Panics
/// If a line is not a name, a semicolon and a number, or cannot be read.
pub fn report(mut text: impl BufRead) -> Report {
    let mut stations: HashMap<String, Degrees> = HashMap::new();
    let mut line = String::new();
    while text.read_line(&mut line).expect("lines can be read and are UTF-8") > 0 {
        let (name, degrees) = line.split_once(';').expect("a semicolon is in each line");
        let degrees = degrees.trim_end().parse().expect("a number is behind the semicolon");
        match stations.get_mut(name) {
            Some(station) => station.add(degrees),
            None => stations.entry(name.to_owned()).or_default().add(degrees),
        }
        line.clear();
    }
    Report::new(stations.iter().map(|(name, degrees)| (name.as_bytes(), degrees.totals())))
}
