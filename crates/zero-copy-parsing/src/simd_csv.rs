//! `ZeroCopyReader` of `simd-csv`: searches for the ends of fields with vectors, and leaves quotes
//! where they are until they are asked for.

use std::collections::HashMap;

use simd_csv::ZeroCopyReaderBuilder;

use crate::export::{Export, Report, Totals, number};
use crate::peer;

/// Rows and sum of values for each key. The crate has other rules for text that does not keep to
/// RFC 4180, which is left to the peer.
pub fn sums(export: &Export) -> Report {
    if !export.strict {
        return peer::sums(export);
    }
    let mut groups: HashMap<Vec<u8>, Totals, foldhash::fast::RandomState> = HashMap::default();
    let mut skipped = 0;
    let mut records = ZeroCopyReaderBuilder::new()
        .delimiter(export.separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(export.text.as_slice());
    while let Some(record) =
        records.read_byte_record().expect("memory can be read, and rows may be ragged")
    {
        match (record.unescape(export.key), record.unquote(export.value).and_then(number)) {
            (Some(key), Some(value)) => match groups.get_mut(&*key) {
                Some(totals) => totals.add(value),
                None => groups.entry(key.into_owned()).or_default().add(value),
            },
            _ => skipped += 1,
        }
    }
    Report::new(groups, skipped)
}
