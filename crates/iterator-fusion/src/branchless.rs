//! No row is left out any more: each is converted and added, or nothing in its place.

use crate::recording::{Block, Mean, PLAUSIBLE, Probe, Recording};

/// The mean plausible temperature of every hour.
pub fn means(recording: &Recording) -> Vec<Mean> {
    let hours = recording.blocks.chunk_by(|a, b| a.hour == b.hour);
    hours.filter_map(|blocks| mean(blocks, recording.probe)).collect()
}

/// The mean of the blocks of one hour, if it has a plausible reading.
#[inline(never)]
fn mean(blocks: &[Block], probe: Probe) -> Option<Mean> {
    let (mut count, mut sum) = (0, 0);
    blocks.iter().flat_map(Block::rows).for_each(|(raw, status)| {
        let value = probe.centidegrees(raw);
        let yes = (status == 0) & PLAUSIBLE.contains(&value);
        count += u32::from(yes);
        sum += i64::from(yes) * i64::from(value);
    });
    (count > 0).then(|| Mean { hour: blocks[0].hour, count, sum })
}
