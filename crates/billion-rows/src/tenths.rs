//! A number with one digit behind its point is a whole number of tenths: its digits are added up as
//! they come, and the end of the number is the end of the line.

use std::collections::HashMap;

use memchr::memchr;

use crate::report::Report;
use crate::totals::Totals;

/// Least, mean and most of each station.
///
/// # Panics
/// If a line is not a name, a semicolon and a number.
pub fn report(text: &[u8]) -> Report {
    let mut stations: HashMap<&[u8], Totals> = HashMap::new();
    for (name, tenths) in Rows(text) {
        stations.entry(name).or_insert(Totals::NONE).add(tenths);
    }
    Report::new(stations.into_iter())
}

/// Name and number of each line.
pub(crate) struct Rows<'t>(pub(crate) &'t [u8]);

impl<'t> Iterator for Rows<'t> {
    type Item = (&'t [u8], i32);

    #[inline]
    fn next(&mut self) -> Option<(&'t [u8], i32)> {
        if self.0.is_empty() {
            return None;
        }
        let end = memchr(b';', self.0).expect("a semicolon is in each line");
        let (name, number) = (&self.0[..end], &self.0[end + 1..]);
        let (tenths, next) = number_of(number);
        self.0 = &number[next..];
        Some((name, tenths))
    }
}

/// The number at the beginning, in tenths, and where the next line begins.
#[inline]
pub(crate) fn number_of(text: &[u8]) -> (i32, usize) {
    let negative = text.first() == Some(&b'-');
    let mut tenths = 0;
    let mut at = usize::from(negative);
    while let Some(&byte) = text.get(at) {
        at += 1;
        match byte {
            b'\n' => break,
            b'.' => {}
            _ => tenths = 10 * tenths + i32::from(byte & 0xf),
        }
    }
    (if negative { -tenths } else { tenths }, at)
}
