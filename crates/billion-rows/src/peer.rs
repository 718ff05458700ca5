//! The `csv` crate, one `ByteRecord` reused for all rows, as its tutorial recommends for speed, and
//! what else we can give it: a fast hash function, and numbers as tenths.

use std::collections::HashMap;
use std::io::Read;

use csv::{ByteRecord, ReaderBuilder, Terminator};

use crate::report::Report;
use crate::tenths::number_of;
use crate::totals::Totals;

/// Least, mean and most of each station.
///
/// # Panics
/// If a line is not a name, a semicolon and a number, or cannot be read.
pub fn report(text: impl Read) -> Report {
    let mut stations: HashMap<Vec<u8>, Totals, foldhash::fast::RandomState> = HashMap::default();
    let mut records = ReaderBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::Any(b'\n'))
        .quoting(false)
        .has_headers(false)
        .from_reader(text);
    let mut record = ByteRecord::new();
    while records.read_byte_record(&mut record).expect("lines can be read and have two columns") {
        let (tenths, _) = number_of(&record[1]);
        match stations.get_mut(&record[0]) {
            Some(totals) => totals.add(tenths),
            None => stations.entry(record[0].to_owned()).or_insert(Totals::NONE).add(tenths),
        }
    }
    Report::new(stations.iter().map(|(name, totals)| (name.as_slice(), *totals)))
}
