//! One table for each stage, as in a data frame: every stage is a short function that can be tested
//! by itself.

use crate::recording::{Block, Mean, PLAUSIBLE, Probe, Recording};

/// The mean plausible temperature of every hour.
pub fn means(recording: &Recording) -> Vec<Mean> {
    let good = good(&recording.blocks);
    let converted = converted(&good, recording.probe);
    let plausible = plausible(&converted);
    hourly(&plausible)
}

/// Hour and raw value of the readings that came without a fault.
fn good(blocks: &[Block]) -> Vec<(u32, i16)> {
    let mut rows = Vec::new();
    for block in blocks {
        let good = block.rows().filter(|&(_, status)| status == 0);
        rows.extend(good.map(|(raw, _)| (block.hour, raw)));
    }
    rows
}

/// The same in hundredths of a degree.
fn converted(rows: &[(u32, i16)], probe: Probe) -> Vec<(u32, i16)> {
    rows.iter().map(|&(hour, raw)| (hour, probe.centidegrees(raw))).collect()
}

/// The rows that can be weather.
fn plausible(rows: &[(u32, i16)]) -> Vec<(u32, i16)> {
    rows.iter().copied().filter(|(_, value)| PLAUSIBLE.contains(value)).collect()
}

/// One mean for each run of rows with the same hour.
fn hourly(rows: &[(u32, i16)]) -> Vec<Mean> {
    rows.chunk_by(|a, b| a.0 == b.0)
        .map(|rows| Mean {
            hour: rows[0].0,
            count: rows.len() as u32,
            sum: rows.iter().map(|&(_, value)| i64::from(value)).sum(),
        })
        .collect()
}
