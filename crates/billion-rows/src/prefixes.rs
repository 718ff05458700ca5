//! A table of our own: sixteen bytes of a name are two words, hashed by one multiplication and
//! compared by two comparisons, and stand in the same cache line as what is added up.

use crate::report::Report;
use crate::table::Table;
use crate::tenths::Rows;
use crate::totals::Totals;
use crate::words::LONGEST;

/// Least, mean and most of each station.
///
/// # Panics
/// If a line is not a name, a semicolon and a number.
pub fn report(text: &[u8]) -> Report {
    let mut table = Table::default();
    add(&mut table, text, 0, text.len());
    table.report()
}

/// Adds the rows that begin from `at` on and before `end`.
pub(crate) fn add(table: &mut Table, text: &[u8], mut at: usize, end: usize) {
    while at < end.min((text.len() + 1).saturating_sub(LONGEST)) {
        at = table.add_at(text, at);
    }
    for (name, tenths) in Rows(text.get(at..end).unwrap_or_default()) {
        let mut totals = Totals::NONE;
        totals.add(tenths);
        table.add_totals(name, &totals);
    }
}
