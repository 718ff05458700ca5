//! The same iterator, but it is handed the body of the loop instead of being asked for values.

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
    plausible(blocks, probe).for_each(|value| {
        count += 1;
        sum += i64::from(value);
    });
    (count > 0).then(|| Mean { hour: blocks[0].hour, count, sum })
}

/// The temperatures that came without a fault and can be weather.
fn plausible(blocks: &[Block], probe: Probe) -> impl Iterator<Item = i16> {
    blocks
        .iter()
        .flat_map(Block::rows)
        .filter(|&(_, status)| status == 0)
        .map(move |(raw, _)| probe.centidegrees(raw))
        .filter(|value| PLAUSIBLE.contains(value))
}
