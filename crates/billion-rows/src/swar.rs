//! Eight bytes at once: the semicolon is found by arithmetic on words, and a number is read by one
//! multiplication, whatever its length and sign.

use std::collections::HashMap;

use crate::report::Report;
use crate::tenths::Rows;
use crate::totals::Totals;
use crate::words::{LONGEST, first, number, semicolons, word};

/// Least, mean and most of each station.
///
/// # Panics
/// If a line is not a name, a semicolon and a number.
pub fn report(text: &[u8]) -> Report {
    let mut stations: HashMap<&[u8], Totals> = HashMap::new();
    let mut at = 0;
    while at + LONGEST <= text.len() {
        let end = end_of_name(text, at);
        let (tenths, bytes) = number(word(text, end + 1));
        stations.entry(&text[at..end]).or_insert(Totals::NONE).add(tenths);
        at = end + 1 + bytes;
    }
    for (name, tenths) in Rows(&text[at..]) {
        stations.entry(name).or_insert(Totals::NONE).add(tenths);
    }
    Report::new(stations.into_iter())
}

#[inline]
fn end_of_name(text: &[u8], mut at: usize) -> usize {
    loop {
        let found = semicolons(word(text, at));
        if found != 0 {
            return at + first(found);
        }
        at += 8;
    }
}
