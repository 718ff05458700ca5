//! The `csv` crate, one `ByteRecord` reused for all rows, as its tutorial recommends for speed.

use std::collections::HashMap;

use csv::{ByteRecord, ReaderBuilder};

use crate::export::{Export, Report, Totals, number};

/// Rows and sum of values for each key.
pub fn sums(export: &Export) -> Report {
    let mut groups: HashMap<Vec<u8>, Totals, foldhash::fast::RandomState> = HashMap::default();
    let mut skipped = 0;
    let mut records = ReaderBuilder::new()
        .delimiter(export.separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(export.text.as_slice());
    let mut record = ByteRecord::new();
    while records.read_byte_record(&mut record).expect("memory can be read, and rows may be ragged")
    {
        match (record.get(export.key), record.get(export.value).and_then(number)) {
            (Some(key), Some(value)) => match groups.get_mut(key) {
                Some(totals) => totals.add(value),
                None => groups.entry(key.to_owned()).or_default().add(value),
            },
            _ => skipped += 1,
        }
    }
    Report::new(groups, skipped)
}
